"""Check every page of a built help center with the Nu Html Checker, as the W3C does.

`PYTHONPATH=hooks:tests python -m bench.validator SITE` prints each kind of error with the number of
its pages and the markup where it stands, first those of the engine, then those of the theme. The
checker is installed by npm into a temporary folder; it needs Java.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from bench.lighthouse import installed

OF_THEME = re.compile(r"md-|__(?:drawer|search|toc|nav|palette)")
"""In the markup of an error: the theme wrote it."""


class Fault(NamedTuple):
    """An error of the checker: its message, and the markup where it stands."""

    message: str
    markup: str

    @property
    def is_of_theme(self) -> bool:
        """Whether the theme wrote the markup."""
        return bool(OF_THEME.search(self.markup))


def faults(checker: Path, site: Path) -> dict[str, list[Fault]]:
    """Return the errors on the pages of a site, by the kind of error."""
    jar = checker / "build/dist/vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--errors-only", "--skip-non-html"]
    result = subprocess.run([*command, str(site)], capture_output=True, check=False)
    by_message: dict[str, list[Fault]] = defaultdict(list)
    for message in json.loads(result.stderr)["messages"]:
        fault = Fault(message["message"], " ".join(message.get("extract", "").split()))
        by_message[fault.message].append(fault)
    return by_message


def main() -> None:
    """Check, and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--npm", type=Path, help="a folder where npm installed vnu-jar")
    arguments = parser.parse_args()
    with installed(arguments.npm, "vnu-jar") as checker:
        by_message = faults(checker, arguments.site)
    for is_of_theme, whose in ((False, "of the engine"), (True, "of the theme")):
        kinds = {
            message: [fault for fault in members if fault.is_of_theme == is_of_theme]
            for message, members in by_message.items()
        }
        print(f"{sum(map(len, kinds.values()))} errors {whose}")
        for message, members in kinds.items():
            if members:
                print(f"  {len(members)} times: {message}\n    {members[0].markup}")


if __name__ == "__main__":
    main()
