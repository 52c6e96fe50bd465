"""What is measured, and the most it may be."""

from __future__ import annotations

from bench.rows import Row

TIMES, SECONDS, MEGABYTES = "{:.2f} times", "{:.2f} s", "{:.0f} MB"
KILOBYTES, MILLISECONDS = "{:.0f} kB", "{:.0f} ms"

WARM = Row(
    "Warm build, nothing changed, against the same site without archive and history",
    TIMES,
    1.15,
    {"huge": 1.3},
)
UPDATED = Row(
    "Warm build after an update of the policy with most versions: more than that", SECONDS, 1.0
)
GROWN = Row("Growth of a warm build per 1,000 archived versions", SECONDS)
COLD = Row(
    "Cold build, against plain MkDocs rendering the same texts",
    TIMES,
    limits={"company": 1.5, "large": 0.65, "huge": 0.45},
)
DOUBLED = Row("Cold build, against that of the newer half of every policy's versions", TIMES, 2.0)
MIKE = Row(
    "The 10 first versions of 10 policies in one build, against `mike` one after the other",
    TIMES,
    0.2,
)
STEPS = Row("The same, with a build after each of the 10", TIMES)
HISTORY = Row("Reading the history, against `git log --raw`", TIMES, limits={"huge": 1.5})
STATED = Row("The same, with the version of every text", TIMES)
CHECK = Row("`gazette check`, against a build without a cache", TIMES, 1.0)
CHECK_EDIT = Row(
    "`gazette check --base` where the longest text changed: more than Python's start", SECONDS, 1.0
)
SAVED = Row(
    "Saved edit to reloaded page, against plain MkDocs with only the texts in force",
    TIMES,
    limits={"huge": 1.5},
)
MEMORY = Row("Peak memory of all processes, cold", MEGABYTES, 1000)
WEIGHT = Row("A policy page of 10 sections, all that is transferred", KILOBYTES, 100)
PAINT = Row("The longest redline: first paint of content", MILLISECONDS)
LOADING = Row("The longest redline: longest task while it loads", MILLISECONDS)
SCROLLING = Row("The longest redline: longest task while it is scrolled through", MILLISECONDS)
SITE = Row(
    "The built site, all files", MEGABYTES, limits={"company": 25, "huge": 1500, "wide": 1000}
)
VERSION = Row(
    "The heaviest version without its redlines, against 3 times its text and 15 kB", TIMES, 1.0
)
POLICY = Row(
    "The heaviest policy without redlines and text in force, against that for its versions and "
    "40 kB",
    TIMES,
    1.0,
)
REDLINE = Row(
    "The heaviest redline of an update with its data, against 3 times the text of the sections it "
    "shows as changed and 10 kB",
    TIMES,
    1.0,
)
SINCE = Row("The same of the redlines since versions", TIMES, 1.0)
MORE_POLICIES = Row(
    "The archive of a policy with twice as many policies beside it: bytes more", KILOBYTES, 0
)
MORE_VERSIONS = Row(
    "Bytes of a version with its redlines, against those with the newer half of the versions", TIMES
)
