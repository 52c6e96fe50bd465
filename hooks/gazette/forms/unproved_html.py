"""Two texts side by side as their sources, where no redline between them could be proved."""

from __future__ import annotations

from markupsafe import Markup


def render(policy: str, old: tuple[str, str], new: tuple[str, str], reason: str) -> Markup:
    """Return both sources, each given as the name of its version and its text, below the reason."""
    warning = Markup(
        '<p class="gz-note gz-unproved" role="note"><strong>What changed cannot be shown word by '
        "word</strong> in {}, from {} to {}. {} Both texts stand here as they were written.</p>"
    ).format(policy, old[0], new[0], reason)
    sources = Markup("").join(
        Markup(
            '<section class="gz-source" aria-label="Version {}"><h2 id="source-{}">Version {}</h2>'
            "<pre>{}</pre></section>"
        ).format(version, version, version, text)
        for version, text in (old, new)
    )
    return Markup('<div class="gz-redline">{}<div class="gz-sources">{}</div></div>\n').format(
        warning, sources
    )
