"""Pages in files, or a folder of them, as policies of one version each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from gazette.errors import SourceError
from gazette.files import entries_below
from gazette.imports.batch import (
    EVERYTHING,
    Batch,
    ImportedPolicy,
    ImportOptions,
    Progress,
    imported_version,
    policy_file,
)
from gazette.imports.draft import DraftContext
from gazette.imports.foreign_front_matter import front_matter_of
from gazette.imports.formats import FORMATS, format_of
from gazette.imports.images import MAX_IMAGE_BYTES, ReadFile, image_name, no_file
from gazette.imports.language_folders import DEFAULT_LANGUAGE, editions_of, links_from
from gazette.imports.markdown_file import relinked
from gazette.imports.old_site import address_of, old_site
from gazette.imports.page_bounds import read_bounded
from gazette.imports.refused_formats import why_refused
from gazette.imports.source_files import LINK, MARKDOWN, NOT_TAKEN, is_about_project, is_asked_for
from gazette.model import Slug, decoded
from gazette.text.frontmatter import body_of, stated_values, with_values
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.slugs import language_of_slug, slug_from, unique_slug

STANDARD_INPUT = "standard input"


def read_page(
    name: str,
    data: bytes,
    today: date,
    markdown: MarkdownSettings,
    slug: str = "",
    changes: str = "",
    folder: Path | None = None,
) -> ImportedPolicy:
    """Return the policy made of one file; `name` is its path, `slug` what it is to be called.

    `changes` says what becomes of changes that wait for a decision: `accept`, `reject`, or empty.
    Its images lie in its `folder`, if at all. Raises SourceError when the file cannot be read or
    holds no text.
    """
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    fallback_title = re.sub(r"[_-]+", " ", stem).strip().capitalize()
    try:
        if not data.strip():
            raise SourceError("It is empty.")
        page = DraftContext(name, fallback_title, today, markdown, changes, _reader(folder))
        if reason := why_refused(suffix, data):
            raise SourceError(reason)
        draft = format_of(suffix, data).read(data, page)
        if draft is None:
            raise SourceError("There is no text in it.")
        slug = slug or slug_from(draft.title) or slug_from(stem)
        if not slug:
            raise SourceError("Its title has no letter for an address. Name it with --slug.")
    except SourceError as error:
        raise SourceError(f"{name}: {error}") from error
    file = draft.file or policy_file(
        draft.title,
        draft.version,
        draft.body,
        note=f"Imported from {name}",
        effective=draft.effective,
    )
    version = imported_version(draft.version, partial(bytes, file))
    return ImportedPolicy(
        Slug(slug),
        name,
        (version,),
        notes=draft.notes,
        left_out=draft.left_out,
        images=draft.images,
    )


def read_folder(
    folder: Path,
    today: date,
    markdown: MarkdownSettings,
    progress: Progress,
    options: ImportOptions = EVERYTHING,
    language: str = DEFAULT_LANGUAGE,
) -> Batch:
    """Return the policies made of all pages in a folder and the folders below.

    `language` is that of the help center. Raises SourceError with everything that cannot be read.
    """
    only, also = options.only, options.also
    paths = [path for path in _paths(folder) if only is None or fnmatch(path, only)]
    reasons = ((path, _reason_to_skip(folder / path, path, only, also)) for path in paths)
    skipped = {path: reason for path, reason in reasons if reason}
    policies: list[ImportedPolicy] = []
    faults: list[str] = []
    with progress("Reading the pages", len(paths)) as advance:
        for path in paths:
            advance(1)
            if path in skipped:
                continue
            try:
                data = read_bounded(folder / path)
                if kept_back := _kept_back(path, data):
                    skipped[path] = f"its front matter says {kept_back}, so nobody sees it"
                    continue
                policies.append(read_page(path, data, today, markdown, "", options.changes, folder))
            except OSError as error:
                faults.append(f"{path} cannot be read: {error.strerror}.")
            except SourceError as error:
                faults.append(str(error))
    if faults:
        raise SourceError("\n".join(faults))
    named = _with_translations(policies, language)
    for path in _shown(skipped, policies, folder):
        del skipped[path]
    return Batch(tuple(_relinked(named, options.url)), tuple(skipped.items()))


def _shown(paths: Iterable[str], policies: Sequence[ImportedPolicy], folder: Path) -> list[str]:
    """Return the paths of images that policies show."""
    names = {name for policy in policies for name in policy.images}
    read = _reader(folder)
    return [path for path in paths if names and image_name(read(path) or b"") in names]


def _with_translations(policies: Sequence[ImportedPolicy], language: str) -> list[ImportedPolicy]:
    """Return policies with slugs of their own, translations behind the others with theirs."""
    texts = {policy.source: decoded(policy.newest.read()) for policy in policies}
    editions = editions_of(texts, lambda path: body_of(texts[path]), language)
    translations = {path: edition for path, edition in editions.items() if edition.language}
    originals = [policy for policy in policies if policy.source not in translations]
    paths = {path: edition.original for path, edition in editions.items() if not edition.language}
    named = {policy.source: policy for policy in _with_unique_slugs(originals, paths)}
    slugs = {policy.slug for policy in named.values()}
    for policy in policies:
        if edition := translations.get(policy.source):
            original = named[edition.original]
            by_path = slug_from(policy.source.rpartition(".")[0])
            slug = unique_slug((f"{edition.language}/{original.slug}", by_path), slugs)
            slugs.add(slug)
            text = texts[policy.source]
            if language_of_slug(slug) and not stated_values(text).get("translates"):
                text = with_values(text, {"translates": str(original.newest.version)})
            named[policy.source] = replace(_with_text(policy, text), slug=slug)
    return list(named.values())


def _with_text(policy: ImportedPolicy, text: str) -> ImportedPolicy:
    """Return a policy of one version with another text."""
    version = imported_version(policy.newest.version, partial(bytes, text.encode()))
    return replace(policy, versions=(version,))


def _reader(folder: Path | None) -> ReadFile:
    """Return what reads a file below a folder; nothing is read through links."""
    if folder is None:
        return no_file

    def read(path: str) -> bytes | None:
        file = folder / path
        if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
            return None
        return file.read_bytes() if file.stat().st_size <= MAX_IMAGE_BYTES else None

    return read


def _relinked(policies: Sequence[ImportedPolicy], url: str) -> Iterator[ImportedPolicy]:
    """Yield policies with links to one another's pages leading to one another."""
    slugs = {policy.source: policy.slug for policy in policies}
    links = {address_of(source): f"{slug}.md" for source, slug in slugs.items()}
    site = old_site(slugs, "", {}, (), url)
    for policy in policies:
        text = decoded(policy.newest.read())
        body = body_of(text)
        new = relinked(body, policy.source, lambda path: links.get(address_of(path)), site)
        if language := language_of_slug(policy.slug):
            new = links_from(new, language, set(links.values()).__contains__)
        if new != body:
            policy = _with_text(policy, f"{text[: len(text) - len(body)]}{new}")
        yield policy


def _paths(folder: Path) -> list[str]:
    """Return every file below the folder, hidden ones left out, in one order everywhere."""
    entries = (entry for entry in entries_below(folder) if not entry.is_dir(follow_symlinks=False))
    files = (Path(entry.path).relative_to(folder) for entry in entries)
    shown = (file for file in files if not any(part.startswith((".", "~$")) for part in file.parts))
    return sorted(file.as_posix() for file in shown)


def _reason_to_skip(file: Path, path: str, only: str | None, also: tuple[str, ...]) -> str:
    """Return why a file is no page to import, an empty text when it is one."""
    if file.is_symlink() or not file.is_file():
        return LINK
    if reason := why_refused(file.suffix.lower()):
        return reason
    if not any(file.suffix.lower() in kind.suffixes for kind in FORMATS):
        *names, last = (kind.name for kind in FORMATS)
        return f"no page: a {', '.join(names)} or {last} file is one"
    is_taken = only is not None or is_asked_for(path, also) or not is_about_project(file.stem)
    return "" if is_taken else NOT_TAKEN


def _kept_back(path: str, data: bytes) -> str:
    """Return what keeps a Markdown file from the readers of its site, if anything does."""
    is_markdown = path.lower().endswith(MARKDOWN)
    return front_matter_of(decoded(data)).kept_back if is_markdown else ""


def _with_unique_slugs(
    policies: Sequence[ImportedPolicy], paths: Mapping[str, str]
) -> Iterator[ImportedPolicy]:
    """Give pages of one title the names of their files instead.

    `paths` are those without the folder of a language, by the path in the source.
    """
    titles = Counter(policy.slug for policy in policies)
    taken = {slug for slug, count in titles.items() if count == 1}
    for policy in policies:
        if titles[policy.slug] > 1:
            path = paths.get(policy.source, policy.source)
            by_path = slug_from(path.rpartition(".")[0])
            policy = replace(policy, slug=unique_slug((by_path, policy.slug), taken))
            taken.add(policy.slug)
        yield policy
