"""Addresses that a template writes as tags."""

from __future__ import annotations

import pytest

from gazette.imports.template_tags import with_plain_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a]({{ site.baseurl }}/fees/)", "[a](/fees/)"),
        ("[a]({{site.url}}{{site.baseurl}}/fees/)", "[a](/fees/)"),
        ('[a]({{ "/fees/" | relative_url }})', "[a](/fees/)"),
        ("<a href=\"{{ '/fees/' | absolute_url }}\">", '<a href="/fees/">'),
        ("[a]({% link _legal/fees.md %}#b)", "[a](/_legal/fees.md#b)"),
        ('[a]({{< relref "fees.md#b" >}})', "[a](fees.md#b)"),
        ("[a]({{% ref /legal/fees %}})", "[a](/legal/fees)"),
    ],
)
def test_addresses_of_paths(text: str, expected: str) -> None:
    assert with_plain_addresses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We are at {{ site.url }}.",
        "[a](https://{{ host }}/fees/)",
        "`{% link fees.md %}`",
        "{% include fees.md %}",
    ],
)
def test_other_tags_stay(text: str) -> None:
    assert with_plain_addresses(text) == text
