"""How the names of files become titles."""

from __future__ import annotations

import pytest

from gazette.imports.source_files import title_of


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("privacy-policy.md", "Privacy policy"),
        ("legal/terms_of_use.md", "Legal terms of use"),
        ("Contracts/Chile - Freelance.md", "Contracts Chile - Freelance"),
        ("Shop.example/DE-Conditions-of-Sale.md", "Shop.example DE Conditions of Sale"),
        ("COOKIES_POLICY.md", "Cookies policy"),
        ("EULA.md", "EULA"),
        ("iOS-terms.md", "iOS terms"),
        ("AR-شروط البيع.md", "AR-شروط البيع"),
        ("returns/index.md", "Returns"),
        ("-.md", "Policy"),
    ],
)
def test_a_title_made_of_a_path_keeps_how_it_is_written(path: str, title: str) -> None:
    assert title_of(path, "") == title
