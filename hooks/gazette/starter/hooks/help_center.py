"""The events of MkDocs and ProperDocs, for `hooks:` in `mkdocs.yml`: see `gazette.adapter`."""

from gazette.adapter import *  # noqa: F403
