"""What comparisons in the browser say, in a script for each language."""

from __future__ import annotations

import json

from gazette.site.compare_messages import messages_files
from published import SETTINGS, policy, version

OLD, NEW = "2026-01-05.v1", "2026-02-01.v1"


def test_policies_of_a_language_share_their_messages() -> None:
    terms = policy(version(OLD), version(NEW))
    german = policy(version(OLD, lang="de"), version(NEW, lang="de"), slug="agb")
    single = policy(version(OLD, lang="fr"), slug="regles")
    english, other = messages_files(SETTINGS, [terms, terms, german, single])
    assert english.address != other.address
    starts = [
        json.loads(script.content().decode().removeprefix("export default ").rstrip(";\n"))[
            "changes"
        ]
        for script in (english, other)
    ]
    assert starts == ["The changes", "Die Änderungen"]
