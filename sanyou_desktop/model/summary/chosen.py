"""Which records speak in the document, and how many do not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.survey import Survey

R = TypeVar("R", bound=Record)

# What is being written or counted is nothing that a unit has yet.
_DRAFTS = frozenset(
    {
        ("pledge", "draft"),
        ("rule", "drafting"),
        ("rule", "consultation"),
        ("survey", "draft"),
    }
)


@dataclass
class Chosen:
    """The records of a period by kind.

    Attributes:
        found: those that surely lie in the period and carry no secrecy mark.
        confidential, unclear, drafts: by kind, how many were left out for their mark, because
            their date is missing or too coarse to tell, and because they are not valid yet.
    """

    found: dict[str, list[Record]] = field(default_factory=dict)
    confidential: Counter[str] = field(default_factory=Counter)
    unclear: Counter[str] = field(default_factory=Counter)
    drafts: Counter[str] = field(default_factory=Counter)

    def take(self, record: Record, period: Period) -> None:
        """Put a record where it belongs."""
        if record.confidential:
            self.confidential[record.kind] += 1
            return
        holds = period.holds(record.occurred_on())
        if holds and (record.kind, record.status) in _DRAFTS:
            self.drafts[record.kind] += 1
        elif holds:
            self.found.setdefault(record.kind, []).append(record)
        elif holds is None:
            self.unclear[record.kind] += 1

    def of(self, kind: type[R]) -> list[R]:
        """Return the records of a kind in the order in which they came."""
        return [record for record in self.found.get(kind.kind, []) if isinstance(record, kind)]

    def units(self) -> set[str]:
        """Return the codes of the units that speak."""
        return {record.unit for kind in REPORTED for record in self.found.get(kind, [])}

    def sources(self) -> tuple[tuple[str, int], ...]:
        """Return id and revision of each of them."""
        speaking = (record for kind in REPORTED for record in self.found.get(kind, []))
        return tuple(sorted((record.id, record.revision) for record in speaking))

    def count(self) -> int:
        """Return how many records of the reported kinds speak."""
        return sum(len(self.found.get(kind, [])) for kind in REPORTED)


@dataclass(frozen=True)
class Sorted:
    """The chosen records as the sections want them: what is done apart from what is intended."""

    pledges: list[Pledge]
    rules: list[Rule]
    held: list[Inspection]
    planned: list[Inspection]
    findings: list[Finding]
    surveys: list[Survey]
    done: list[Activity]
    intended: list[Activity]

    @classmethod
    def of(cls, chosen: Chosen) -> Sorted:
        """Sort; older ones first within a unit, undated ones last."""
        pledges, rules = chosen.of(Pledge), chosen.of(Rule)
        inspections, surveys = chosen.of(Inspection), chosen.of(Survey)
        activities = chosen.of(Activity)
        return cls(
            _ordered(pledges),
            _ordered(rules),
            _ordered(one for one in inspections if one.status != "planned"),
            _ordered(one for one in inspections if one.status == "planned"),
            _ordered(chosen.of(Finding)),
            _ordered(surveys),
            _ordered(one for one in activities if one.status != "planned"),
            _ordered(one for one in activities if one.status == "planned"),
        )


def _ordered(records: Iterable[R]) -> list[R]:
    def key(record: R) -> tuple[str, str, str]:
        on = record.occurred_on()
        # A day without its year (XXXX-05-28) stands after the dated ones, before the undated.
        return record.unit, str(on) if on else "Z", record.number

    return sorted(records, key=key)
