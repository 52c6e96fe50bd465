"""Two texts side by side as their sources, where no redline between them could be proved."""

from __future__ import annotations

from markupsafe import Markup

from gazette.forms.phrases import filled
from gazette.language import Language


def render(
    policy: str, old: tuple[str, str], new: tuple[str, str], reason: str, language: Language
) -> Markup:
    """Return both sources, each given as the name of its version and its text, below the reason."""
    message = language.gettext(
        "<strong>What changed cannot be shown word by word</strong> in %(policy)s, from %(old)s to "
        "%(new)s. %(reason)s Both texts stand here as they were written."
    )
    names = {"policy": policy, "old": old[0], "new": new[0], "reason": reason}
    isolated = {name: language.isolated(value) for name, value in names.items()}
    warning = Markup('<p class="gz-note gz-unproved" role="note">{}</p>').format(
        filled(message, **isolated)
    )
    sources = Markup("").join(_source(*text, language) for text in (old, new))
    return Markup('<div class="gz-redline">{}<div class="gz-sources">{}</div></div>\n').format(
        warning, sources
    )


def _source(version: str, text: str, language: Language) -> Markup:
    message = language.gettext("Version %(version)s")
    return Markup(
        '<section class="gz-source" aria-label="{}"><h2 id="source-{}">{}</h2>'
        "<pre>{}</pre></section>"
    ).format(
        message % {"version": language.isolated_text(version)},
        version,
        filled(message, version=language.isolated(version)),
        text,
    )
