"""The Legal Context Protocol (draft 1.0): where agents that buy for somebody find the terms.

They ask for one file at the root of a domain, which names the exact bytes of a text and its digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from gazette.model import Policy
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.outputs import File, file
from gazette.site.records import to_bytes


def legal_context(settings: Settings, policies: Sequence[Policy]) -> Iterator[File]:
    """Yield the file that names the text in force of the policy that holds the terms.

    There is none where no setting names a policy, nor where no version of it is in force.
    """
    for policy in policies:
        if policy.slug == settings.legal_context and policy.in_force:
            version = policy.in_force
            source = addresses.source(policy.slug, version.id)
            record = {
                "terms": urljoin(settings.site_url, source),
                "termsFormat": "markdown",
                "atrHash": f"0x{version.sha256}",
            }
            yield file(addresses.LEGAL_CONTEXT, to_bytes(record))
