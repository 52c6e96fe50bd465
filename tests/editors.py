"""Editors who do by chance what editors do."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from repositories import Project

NAMES = ("alpha", "beta", "gamma")
Source = tuple[str, str, dict[str, str]]


@dataclass
class Editors:
    """Editors who post, touch up, delete, rename, take back and join policies by chance."""

    project: Project
    chance: random.Random
    day: date = date(2026, 1, 1)
    here: dict[str, Source] = field(default_factory=dict)
    past: list[tuple[str, Source]] = field(default_factory=list)

    def act(self) -> None:
        """Do one thing on one of the next days, and commit it."""
        self.day += timedelta(self.chance.randint(1, 3))
        actions = [self.post, self.post, self.touch, self.take_back, self.join]
        self.chance.choice([*actions, self.delete, self.rename, self.build])()
        self.project.commit(str(self.day))

    def put(self, slug: str, source: Source) -> None:
        if slug in self.here:
            self.past.append((slug, self.here[slug]))
        self.here[slug] = source
        version, body, front = source
        self.project.write(slug, version, body, summary="More.", **front)

    def some(self) -> str:
        return self.chance.choice(sorted(self.here) or [self.post()])

    def post(self) -> str:
        slug = self.chance.choice(NAMES)
        title = self.here[slug][2]["title"] if slug in self.here else f"{slug} of {self.day}"
        self.put(slug, (f"{self.day}.v1", f"As of {self.day}.\n", {"title": title}))
        return slug

    def touch(self) -> None:
        slug = self.some()
        version, body, front = self.here[slug]
        self.put(slug, (version, body + "Touched up.\n", front))

    def take_back(self) -> None:
        slug = self.some()
        sources = [source for name, source in self.past if name == slug]
        self.put(slug, self.chance.choice(sources or [self.here[slug]]))

    def join(self) -> None:
        slug = self.some()
        version, body, front = self.here[slug]
        gone = [name for name in NAMES if name not in self.here]
        if gone:
            self.put(slug, (version, body, {**front, "formerly": f"[{gone[0]}]"}))

    def delete(self) -> None:
        slug = self.some()
        self.past.append((slug, self.here.pop(slug)))
        self.project.delete(slug)

    def rename(self) -> None:
        old = self.some()
        for new in [name for name in NAMES if name not in self.here][:1]:
            self.here[new] = self.here.pop(old)
            file = self.project.policies / f"{old}.md"
            file.rename(file.with_stem(new))

    def build(self) -> None:
        self.project.build()
