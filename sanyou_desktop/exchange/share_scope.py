"""Which records an export into the shared workbook is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.edtf import BadDate
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.periods import Period


@dataclass(frozen=True)
class Scope:
    """Which records are shared; the rows of all others stay as they are in the file.

    Attributes:
        kinds: of these kinds.
        first, last: the period, EDTF, on the kind's own date; "" for open.
    """

    kinds: tuple[str, ...] = REPORTED
    first: str = ""
    last: str = ""

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> Scope:
        """Return the scope of ``options()``; what this program cannot read of it is left open."""
        named = options.get("kinds", "").split(",")
        kinds = tuple(kind for kind in REPORTED if kind in named) or REPORTED
        first, last = options.get("first", ""), options.get("last", "")
        try:
            Period.between(first, last)
        except BadDate:
            first = last = ""
        return cls(kinds, first, last)

    def options(self) -> dict[str, str]:
        """Return what was chosen, by name, for the log of the ledger."""
        chosen = {"first": self.first, "last": self.last}
        if self.kinds != REPORTED:
            chosen["kinds"] = ",".join(self.kinds)
        return {name: value for name, value in chosen.items() if value}

    def query(self, unit: str, *, deleted: bool = False) -> Query:
        """Return what selects a unit's records of a kind in the period."""
        return Query(unit=unit, first=self.first, last=self.last, deleted=deleted)


EVERYTHING = Scope()
