"""Templates: those in `theme/pages/`, filled with values, their sentences in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from gazette.fingerprint import fingerprint
from gazette.forms import script_sentences
from gazette.language import Language, catalogues_key, reload_languages
from gazette.site import addresses
from gazette.site.addresses import Address
from gazette.site.outputs import TOP
from gazette.site.periods import start_of
from gazette.site.updates import counted

TEMPLATES = Path(__file__).parents[1] / "theme" / "pages"


def reload_templates() -> str:
    """Read all that a preview may have seen edited again, and return its key."""
    _environment.cache_clear()
    reload_languages()
    templates_key.cache_clear()
    return templates_key()


def load_templates(languages: Iterable[Language]) -> None:
    """Read all templates in these languages: processes that begin afterwards have them."""
    for language in languages:
        environment = _environment(language)
        for name in environment.list_templates():
            environment.get_template(name)


@lru_cache(maxsize=1)
def templates_key() -> str:
    """Return the key of all templates and catalogues, as they were when first asked for."""
    files = sorted(TEMPLATES.glob("*.html"))
    texts = (f"{path.name}\n{path.read_text('utf-8')}" for path in files)
    return fingerprint(*texts, catalogues_key())


def render(template: str, address: Address, language: Language, **values: object) -> Markup:
    """Return a template of `theme/pages/` filled with `values`, each escaped unless it is Markup.

    Its sentences are in `language`. `address` is that of the page: in the template, `to(target)` is
    a link from there.
    """
    link_to = partial(addresses.relative, address)
    page = _environment(language).get_template(template)
    return Markup(page.render(to=link_to, **values))


@lru_cache
def _environment(language: Language) -> jinja2.Environment:
    """Return what renders templates whose sentences are in a language."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        auto_reload=False,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    speak(environment, language)
    environment.globals |= {
        "addresses": addresses,
        "arrow": "→" if language.direction == "rtl" else "←",
        "counted": partial(counted, language),
        "isolated": language.isolated,
        "isolated_text": language.isolated_text,
        "language": language,
        "sentences": script_sentences.sentences(language),
        "start_of": start_of,
        "top": TOP,
    }
    return environment


def speak(environment: jinja2.Environment, language: Language | None = None) -> None:
    """Have templates say sentences in a language, without one in that which they are rendered in.

    That is the variable `language`.
    """
    environment.policies["ext.i18n.trimmed"] = True
    environment.add_extension("jinja2.ext.i18n")
    names = ("gettext", "ngettext", "pgettext")
    translate = {
        name: getattr(language, name) if language else _of_language(name) for name in names
    }
    vars(environment)["install_gettext_callables"](**translate, newstyle=True)


def _of_language(name: str) -> Callable[..., str]:
    """Return the method of this name of the language that a template is rendered in."""

    @jinja2.pass_context
    def translated(context: jinja2.runtime.Context, *message: str | int) -> str:
        text: str = getattr(context["language"], name)(*message)
        return text

    return translated
