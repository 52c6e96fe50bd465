"""Links that name files: a site that is opened without a server has no pages for folders."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from gazette.text.links import is_relative

INDEX = "index.html"
"""The page of a folder."""
_QUOTED = r"\"[^\"]*\"|'[^']*'"
_TAG = re.compile(rf"<(?:a|area|form|iframe|link|meta)\s(?:[^>\"']|{_QUOTED})*>", re.I)
_LINK = re.compile(rf"(\s(?:href|src|action)\s*=\s*)({_QUOTED}|[^\s\"'>]+)", re.I)
_REFRESH = re.compile(r"(\scontent\s*=\s*[\"']?\s*\d+\s*;\s*url=)([^\"'>]*)", re.I)
_FOLDER_ENDS = ("", ".", "..")


def with_file_links(html: str) -> str:
    """Return a page whose links to folders of the same site name the page in them."""
    return _TAG.sub(lambda tag: _REFRESH.sub(_named, _LINK.sub(_named, tag[0])), html)


def _named(match: re.Match[str]) -> str:
    """Return an attribute with the address of a file for that of a folder."""
    value = match[2]
    quote = value[0] if value[:1] in {'"', "'"} else ""
    return f"{match[1]}{quote}{_file(value.strip(quote) if quote else value)}{quote}"


def _file(address: str) -> str:
    parts = urlsplit(address)
    if not is_relative(parts) or parts.path.rpartition("/")[2] not in _FOLDER_ENDS:
        return address
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{INDEX}"))
