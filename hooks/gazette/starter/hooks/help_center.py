"""The events of MkDocs and ProperDocs, for `hooks:` in `mkdocs.yml`; they are in the package."""

from gazette.adapter import (
    on_build_error,
    on_config,
    on_files,
    on_page_content,
    on_page_markdown,
    on_page_read_source,
    on_post_build,
    on_pre_build,
    on_serve,
    on_shutdown,
    on_startup,
)

__all__ = [
    "on_build_error",
    "on_config",
    "on_files",
    "on_page_content",
    "on_page_markdown",
    "on_page_read_source",
    "on_post_build",
    "on_pre_build",
    "on_serve",
    "on_shutdown",
    "on_startup",
]
