"""Which records speak in the document, and how many do not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.announced_rules import is_collection
from sanyou_desktop.model.fields import LongText, Rows, fields_of
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.summary.deeds import section_of, section_of_themes
from sanyou_desktop.model.summary.parts import MOST_BY_TITLE
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
    _alike: dict[tuple[object, ...], list[int]] = field(default_factory=dict)

    def take(self, record: Record, period: Period) -> None:
        """Put a record where it belongs."""
        if record.confidential:
            self.confidential[record.kind] += 1
            return
        holds = period.holds(record.occurred_on())
        if holds and (record.kind, record.status) in _DRAFTS:
            self.drafts[record.kind] += 1
        elif holds:
            self._keep(record)
        elif holds is None:
            self.unclear[record.kind] += 1

    def _keep(self, record: Record) -> None:
        """Keep a record; where so many are alike that none is told in full, without its texts.

        A hundred thousand inspections with their items would take more memory than there is.
        """
        found = self.found.setdefault(record.kind, [])
        alike = self._alike.setdefault(_part_of(record), [])
        alike.append(len(found))
        if len(alike) > MOST_BY_TITLE + 1:
            record = _bare(record)
        found.append(record)
        if len(alike) == MOST_BY_TITLE + 1:
            for place in alike:
                found[place] = _bare(found[place])

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


def _part_of(record: Record) -> tuple[object, ...]:
    """Return what tells the parts of the document apart in which records are told."""
    match record:
        case Activity():
            return "activity", section_of(record), record.category, record.status == "planned"
        case Pledge():
            return "pledge", section_of_themes(record.themes)
        case Rule():
            repealed = record.status == "repealed"
            return "rule", record.category, record.genre, is_collection(record), repealed
        case Inspection():
            return "inspection", record.status == "planned"
        case Finding():
            return "finding", record.status == "closed"
    return (record.kind,)


def _bare(record: R) -> R:
    """Return a record without its long texts and rows; quantities stay, for their sums."""
    empty: dict[str, object] = {
        key: "" if isinstance(field_, LongText) else ()
        for key, field_ in fields_of(type(record)).items()
        if isinstance(field_, LongText | Rows) and key not in ("quantities", "titles")
    }
    return replace(record, **empty)  # type: ignore[arg-type] # the keys are its fields


def _ordered(records: Iterable[R]) -> list[R]:
    def key(record: R) -> tuple[str, str, str]:
        on = record.occurred_on()
        # A day without its year (XXXX-05-28) stands after the dated ones, before the undated.
        return record.unit, str(on) if on else "Z", record.number

    return sorted(records, key=key)
