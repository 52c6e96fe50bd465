"""Measure pages of a built help center with Lighthouse, as a phone on a slow network gets them.

`PYTHONPATH=hooks:tests python -m bench.lighthouse SITE` prints the median of several runs for the
home page and, of the policy with the most versions, for the text in force, its archive, its oldest
version, its newest redline and everything since its oldest version. Lighthouse is installed by npm
into a temporary folder; it needs node and Chromium, and a machine that does little else: what runs
beside it makes scripts look slow. The last number says how fast the machine was meanwhile: 1500 and
more is a desktop at rest, four times as fast as the phone; one that is busier, with a lower number,
is measured with a smaller `--slowdown`. Whether search engines may list a page is left out: of the
archive they may not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.reader import served
from visits import chromium

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
METRICS = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "shift",
    "speed-index": "index",
}
"""The measurements behind the performance, by their names in a report: milliseconds, but shifts."""

Report = dict[str, Any]


@contextmanager
def installed(folder: Path | None, package: str) -> Iterator[Path]:
    """Give the folder of a package of npm: installed in `folder` already, or in a temporary one."""
    with tempfile.TemporaryDirectory() as scratch:
        root = folder or Path(scratch)
        if not (root / "node_modules" / package).is_dir():
            command = ["npm", "install", "--no-fund", "--no-audit", "--prefix", str(root), package]
            subprocess.run(command, check=True, capture_output=True)
        yield root / "node_modules" / package


def pages_of(site: Path) -> dict[str, str]:
    """Return the addresses of the pages to measure, by kind."""
    archives = {
        record.parent.relative_to(site).as_posix(): json.loads(record.read_bytes())["versions"]
        for record in sorted(site.glob("policies/*/versions.json"))
    }
    policy, versions = max(archives.items(), key=lambda archive: len(archive[1]))
    newest, oldest = versions[0]["version"], versions[-1]["version"]
    return {
        "home": "",
        "policy": f"{policy}/",
        "archive": f"{policy}/versions/",
        "version": f"{policy}/versions/{oldest}/",
        "changes": f"{policy}/changes/{newest}/",
        "since": f"{policy}/since/{oldest}/",
    }


def reported(program: Path, address: str, slowdown: float) -> Report:
    """Return the report of a run of Lighthouse on the page at `address`.

    The phone is `slowdown` times slower than this machine.
    """
    command = [
        *("node", str(program / "cli/index.js"), address, "--quiet", "--output=json"),
        *("--form-factor=mobile", "--throttling-method=simulate", f"--chrome-flags={FLAGS}"),
        "--skip-audits=is-crawlable",
        f"--throttling.cpuSlowdownMultiplier={slowdown}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium() or ""}
    result = subprocess.run(command, check=True, capture_output=True, env=environment)
    report: Report = json.loads(result.stdout)
    return report


def lost(report: Report) -> list[str]:
    """Return which audits took away points, and in which category."""
    return sorted(
        f"{category}: {audit['id']}"
        for category in CATEGORIES
        for audit in report["categories"][category]["auditRefs"]
        if audit["weight"]
        and (report["audits"][audit["id"]]["score"] or 0) < 0.9
        and report["audits"][audit["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual")
    )


def line(kind: str, reports: list[Report]) -> str:
    """Return the medians of these reports on a page, and what took away points."""
    scores = [
        median(report["categories"][category]["score"] * 100 for report in reports)
        for category in CATEGORIES
    ]
    metrics = {
        name: median(report["audits"][audit]["numericValue"] for report in reports)
        for audit, name in METRICS.items()
    }
    speed = median(report["environment"]["benchmarkIndex"] for report in reports)
    parts = (
        " ".join(f"{score:4.0f}" for score in scores),
        ", ".join(f"{name} {value:.{0 if value >= 1 else 3}f}" for name, value in metrics.items()),
        f"machine {speed:.0f}",
        "; ".join(sorted({audit for report in reports for audit in lost(report)})),
    )
    return f"{kind:8} {'  '.join(parts)}"


def main() -> None:
    """Measure, and print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--runs", type=int, default=5, help="how many runs the median is of")
    parser.add_argument("--npm", type=Path, help="a folder where npm installed lighthouse")
    parser.add_argument(
        "--slowdown", type=float, default=4, help="how much slower the phone is than this machine"
    )
    parser.add_argument("--only", nargs="*", help="the kinds of pages to measure")
    arguments = parser.parse_args()
    if not shutil.which("node") or not chromium():
        raise SystemExit("It needs node and Chromium.")
    print(f"{'':8} {' '.join(category[:4] for category in CATEGORIES)}")
    with installed(arguments.npm, "lighthouse") as program, served(arguments.site) as server:
        for kind, page in pages_of(arguments.site).items():
            if not arguments.only or kind in arguments.only:
                runs = range(arguments.runs)
                reports = [
                    reported(program, server.address + page, arguments.slowdown) for _ in runs
                ]
                print(line(kind, reports), flush=True)


if __name__ == "__main__":
    main()
