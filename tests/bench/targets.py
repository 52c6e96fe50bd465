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
SAVED = Row(
    "Saved edit to reloaded page, against plain MkDocs with only the texts in force",
    TIMES,
    limits={"huge": 1.5},
)
MEMORY = Row("Peak memory of all processes, cold", MEGABYTES, 1000)
WEIGHT = Row("A policy page of 10 sections, all that is transferred", KILOBYTES, 150)
PAINT = Row("The longest redline: first paint of content", MILLISECONDS)
LOADING = Row("The longest redline: longest task while it loads", MILLISECONDS)
SCROLLING = Row("The longest redline: longest task while it is scrolled through", MILLISECONDS)
