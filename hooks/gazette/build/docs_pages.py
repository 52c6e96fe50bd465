"""The pages of `docs/` that the host renders: their source, and what stands in and around a text.

The page of a policy shows its text in force, a home page lists all policies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from gazette.build.fragment_jobs import updates_of
from gazette.build.shells import is_shell
from gazette.build.state import BuildState
from gazette.forms.wide_parts import reachable
from gazette.language import Language
from gazette.model import Policy, Slug
from gazette.problems import Code, Problem
from gazette.site import addresses, articles, linked_data, overview
from gazette.site.editions import (
    about,
    alternate_links,
    alternates,
    languages_of,
    listed_policies,
    switcher,
)
from gazette.site.fragments import page_body, policy_fragments
from gazette.site.left_out import file_problems, left_out
from gazette.site.outputs import FEED_TYPE, Relation
from gazette.site.page_front_matter import front_matter_problems, unusable_keys
from gazette.site.present_text import present_lines
from gazette.site.relations import head_links, of_policy
from gazette.site.stale import stale
from gazette.site.updates import Update, last_change
from gazette.text.links import folder_of_slug
from gazette.text.markdown_source import with_tags_leading
from gazette.text.sanitizer import sanitize


def page_source(build: BuildState, path: str) -> str | None:
    """Return the Markdown that the host renders for the file at `path` below `docs/`.

    For a policy it is the text in force, whatever newer text waits in that file, with links to
    former names of policies leading to the present ones; its metadata is written as JSON, which
    every YAML reader takes as it is meant. None for any other file.
    """
    policy = build.policy_at(path)
    if policy is None:
        return None
    shown, language = policy.shown, build.settings.language_of(policy)
    metadata = shown.metadata
    front_matter = {
        "title": metadata.title,
        "description": metadata.description or articles.version_title(language, shown),
        "updated": metadata.updated.isoformat(),
        "lang": language.text,
    }
    fault = policy_fragments(build.settings, build.cache, policy).text(shown).fault
    body = page_body(policy, build.policies, fault)
    if not fault:
        link = partial(build.targets.link, addresses.policy(policy.slug))
        body = with_tags_leading(body, folder_of_slug(policy.slug), link)
    return f"---\n{json.dumps(front_matter)}\n---\n{body}"


def usable_metadata(build: BuildState, path: str, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return what pages can be made with of the front matter of the file at `path`.

    What is wrong with it stops the build where all pages are read.
    """
    docs, theme = build.settings.docs, build.settings.theme_folders
    if build.policy_at(path) or not (docs / path).is_file():
        return dict(meta)
    build.problems.extend(front_matter_problems(docs, path, meta, theme))
    unusable = unusable_keys(meta, theme)
    return {key: value for key, value in meta.items() if key not in unusable}


def page_text(build: BuildState, path: str, html: Markup) -> Markup:
    """Return what may stand there of the rendered `html` of the file at `path`."""
    if is_shell(path):
        return html
    page = sanitize(html)
    policy = build.policy_at(path)
    if policy is None or policy.shown.path == f"docs/{path}":
        metadata = policy.shown.metadata if policy else None
        build.problems.extend(file_problems(build.settings.docs, path, page, metadata))
    if policy is None:
        return Markup(page.html)
    return Markup(page.html) + left_out(build.settings.language_of(policy), page.removals)


def page_html(build: BuildState, path: str, text: Markup, language: Language) -> Markup:
    """Return the `text` of the file at `path` with all that its page shows around it.

    Its wide parts are reached from the keyboard, with names in the `language` of the page.
    """
    return reachable(_surrounded(build, path, text), language)


def check_words(build: BuildState, path: str, text: Markup, page: Markup) -> None:
    """Note where the `text` of a policy does not stand on its page, in one piece and whole.

    A template, a plugin or a hook may change its markup, but no letter.
    """
    if build.policy_at(path) is None or text in page or _letters(text) in _letters(page):
        return
    message = (
        "The page of this policy shows other words than its text has: a template of the theme, a "
        "plugin or a hook alters them."
    )
    hint = "Have it leave the pages of policies as they are."
    build.problems.append(Problem(f"docs/{path}", 0, Code.SETTING, message, hint))


def _letters(html: Markup) -> str:
    return "".join(html.striptags().split())


def _surrounded(build: BuildState, path: str, text: Markup) -> Markup:
    policy = build.policy_at(path)
    if policy:
        fragments = policy_fragments(build.settings, build.cache, policy)
        settings, editions = build.settings, build.editions.get(policy.slug)
        read = fragments.text(policy.shown)
        if not read.fault and settings.markdown.reads_text_alone:
            check_words(build, path, read.html(), text)
        lines = present_lines(settings, policy, fragments)
        address, banner = addresses.policy(policy.slug), _banner(build, policy)
        lag = stale(settings, editions, policy, fragments)
        note = about(settings, editions, policy, policy.shown, address, lag)
        languages = switcher(settings, editions, policy, address)
        line = build.timelines[policy.slug]
        return languages + articles.policy_page(settings, policy, line, text, banner, lines, note)
    tag = addresses.home_language(path)
    return text if tag is None else _home_page(build, text, tag)


def _home_page(build: BuildState, html: Markup, tag: str) -> Markup:
    """Return a home page around its rendered `html`, in the language of the `tag` if it has one."""
    policies = listed_policies(build.policies, build.editions, tag)
    updates = overview.latest_updates(policies, lambda slug: _updates(build, slug))
    languages = languages_of(build.settings, policies, build.editions, tag)
    return articles.home_page(build.settings, html, policies, updates, languages, tag)


def page_relations(build: BuildState, path: str) -> dict[str, object]:
    """Return what relates the page of the file at `path` to others.

    `relations` are links in its head, `alternates` its addresses in other languages; `changed` is
    the day on which it changed; `search` keeps what only is to come from being found.
    """
    policy = build.policy_at(path)
    if policy is None:
        is_home = addresses.home_language(path) is not None
        changed = {"changed": last_change(build.policies)} if is_home and build.policies else {}
        return {"relations": Markup(""), "alternates": (), **changed}
    address, editions = addresses.policy(policy.slug), build.editions.get(policy.slug)
    others = alternates(build.settings, editions, policy, address)
    feed = Relation("alternate", addresses.feed(policy.slug), type=FEED_TYPE)
    line = build.timelines[policy.slug]
    relations = (*of_policy(build.settings, policy, line), feed, *alternate_links(others))
    # In the head: the theme's instant navigation would run it as a script of the article.
    description = linked_data.of_policy(build.settings, policy, line.of(policy.shown))
    facts: dict[str, object] = {
        "relations": head_links(address, relations) + description,
        "alternates": others,
        "changed": last_change([policy]),
    }
    return facts if policy.in_force else {**facts, "search": {"exclude": True}}


def _banner(build: BuildState, policy: Policy) -> articles.Banner | None:
    if policy.slug not in build.drafts:
        return None
    from gazette.site import drafts  # what it takes only a preview loads

    return drafts.banner(build.settings.language_of(policy), build.drafts[policy.slug])


def _updates(build: BuildState, slug: Slug) -> Sequence[Update]:
    [policy] = (policy for policy in build.policies if policy.slug == slug)
    return updates_of(policy, build.counts[slug])
