"""Which policy owns the versions under a name, through renames and `formerly`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gazette.model import Slug, VersionId
from gazette.record.archive import Retirement


@dataclass(frozen=True)
class SlugOwners:
    """Who follows whom: `retirements` by day, and by `formerly` each old name's new one.

    A name in `standing` is a policy of its own, whatever says that it was another's.
    """

    retirements: Sequence[Retirement]
    standing: Collection[Slug]
    formerly: Mapping[Slug, Slug]

    def owner(self, slug: Slug, version: VersionId, since: date = date.min) -> Slug:
        """Return the policy that owns `version`, published as `slug` or carried by it `since`.

        A name may be given to another policy after a rename, so the versions up to the rename
        follow it, those after it stay.
        """
        name = slug
        for retirement in self.retirements:
            if retirement.slug == name and version <= retirement.last and retirement.day >= since:
                name = retirement.continued_as or name
        return self.successor(name)

    def successor(self, name: Slug) -> Slug:
        """Return the policy that says, or whose successor says, that it was formerly `name`."""
        seen = {name}
        while name not in self.standing and self.formerly.get(name, name) not in seen:
            name = self.formerly[name]
            seen.add(name)
        return name
