"""Hold everything that a built site publishes for programs against its schemas and RFC 4287.

usage: records.py SITE SITE_URL

Prints how many records of each shape and how many feeds there are, and everything wrong with them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from feed_rules import feeds, of_site
from record_schemas import faults, records

MOST = 20
"""So many faults are printed."""


def main() -> int:
    """Print the counts and the faults; return 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("site_url")
    arguments = parser.parse_args()
    shapes: Counter[str] = Counter()
    wrong = []
    for address, record in records(arguments.site):
        shapes[record["schema"]] += 1
        wrong += [f"{address}: {fault}" for fault in faults(record)]
    wrong += of_site(arguments.site, arguments.site_url)
    for shape, count in sorted(shapes.items()):
        print(f"{shape}: {count}")
    print(f"feeds: {sum(1 for _ in feeds(arguments.site))}")
    print(f"faults: {len(wrong)}", *wrong[:MOST], sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
