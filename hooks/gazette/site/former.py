"""Former addresses: everything published of a policy still arrives from each name it once had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gazette.language import Language
from gazette.model import Policy
from gazette.site import addresses, articles
from gazette.site.addresses import Address
from gazette.site.outputs import File, Page, file


def former_copies(language: Language, policy: Policy, output: Page | File) -> Iterator[File]:
    """Yield `output` at its address under each former name of `policy`.

    A page becomes a page that leads on to it, a file is published again with the same content.
    """
    for slug in policy.former_slugs:
        path = output.address.removeprefix(addresses.folder(policy.slug))
        address = Address(f"{addresses.folder(slug)}{path}")
        if isinstance(output, File):
            yield replace(output, address=address)
        else:
            yield redirect(language, policy.title, address, output.address)


def former_homes(language: Language, policy: Policy) -> Iterator[File]:
    """Yield the pages that lead from each former address of the text in force to today's."""
    for slug in policy.former_slugs:
        yield redirect(
            language, policy.title, addresses.policy(slug), addresses.policy(policy.slug)
        )


def redirect(language: Language, title: str, address: Address, target: Address) -> File:
    """Return the page at an `address` whose content now stands at `target`, as a file."""
    html = articles.moved_page(language, title, address, target)
    return file(Address(f"{address}index.html"), html.encode())
