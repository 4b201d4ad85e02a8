"""The board of what units owe and handed in: 应报, 已报, 按时, 迟报, 未报, and the rates of them.

The four numbers are those of DHIS2's reporting rates: EXPECTED_REPORTS, ACTUAL_REPORTS,
REPORTING_RATE and REPORTING_RATE_ON_TIME.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sanyou_desktop.model.fields import Option
from sanyou_desktop.model.percent import percent
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.report_request import Owing, ReportRequest
from sanyou_desktop.model.submission import ACCEPTED, RECEIVED, RETURNED
from sanyou_desktop.wording import N_

ON_TIME, LATE, SENT_BACK, MISSING, WAITING, EXCUSED = (
    "on_time",
    "late",
    "sent_back",
    "missing",
    "waiting",
    "excused",
)
# Nothing that stands has come.
_OWED = (SENT_BACK, MISSING, WAITING)
STANDINGS = (
    Option(ON_TIME, N_("按时"), "good"),
    Option(LATE, N_("迟报"), "warn"),
    Option(SENT_BACK, N_("退回待改"), "bad"),
    Option(MISSING, N_("未报"), "bad"),
    Option(WAITING, N_("待报"), "muted"),
    Option(EXCUSED, N_("免报"), "muted"),
)


@dataclass(frozen=True)
class Entry:
    """What the board needs of a submission; ``returned_on`` stays when another replaced it."""

    id: str
    reporter: str
    reporter_name: str
    period: Period
    status: str
    received_on: date
    returned_on: date | None = None

    @property
    def stands(self) -> bool:
        """Tell whether it counts as a report: neither sent back nor replaced."""
        return self.status in (RECEIVED, ACCEPTED)


@dataclass(frozen=True)
class Place:
    """Where a unit stands with one report.

    Attributes:
        standing: a value of ``STANDINGS``.
        days: late by so many days, or overdue by, or left; 0 elsewhere.
        entries: what it handed in, the earliest first; more than one means 补报.
        near: what it handed in for another period that touches this one, and nobody asked for,
            while the report is owed: somebody has to say whether it is meant for this.
    """

    standing: str
    days: int = 0
    entries: tuple[Entry, ...] = ()
    near: tuple[Entry, ...] = ()

    @property
    def current(self) -> Entry | None:
        """The submission that stands, else the last one."""
        standing = tuple(entry for entry in self.entries if entry.stands) or self.entries
        return standing[-1] if standing else None


@dataclass(frozen=True)
class Figures:
    """Counts of places; excused ones are in none of them.

    报送率 = 已报 ÷ 应报 × 100%; 按时报送率 = 按时 ÷ 应报 × 100%. What was sent back and not
    handed in again is not 已报.
    """

    expected: int = 0
    on_time: int = 0
    late: int = 0
    sent_back: int = 0
    missing: int = 0
    waiting: int = 0

    @property
    def actual(self) -> int:
        """已报: on time or late."""
        return self.on_time + self.late

    @property
    def rate(self) -> Decimal | None:
        """报送率 (REPORTING_RATE); None where nothing is expected."""
        return percent(self.actual, self.expected)

    @property
    def rate_on_time(self) -> Decimal | None:
        """按时报送率 (REPORTING_RATE_ON_TIME); None where nothing is expected."""
        return percent(self.on_time, self.expected)


@dataclass(frozen=True)
class Board:
    """Units by requests.

    Attributes:
        requests: the columns.
        units: code and name of each row, in the order in which the requests list them.
        places: by unit and request id; a unit that a request does not list has none.
        columns: the figures of each request by its id.
    """

    requests: tuple[ReportRequest, ...]
    units: tuple[tuple[str, str], ...]
    places: Mapping[tuple[str, str], Place]
    columns: Mapping[str, Figures] = field(default_factory=dict)

    def of_request(self, request_id: str) -> Figures:
        """Return the figures of a column."""
        return self.columns.get(request_id, Figures())

    def of_unit(self, unit: str) -> Figures:
        """Return the figures of a row."""
        found = (self.places.get((unit, request.id)) for request in self.requests)
        return figures(place for place in found if place is not None)


def board_of(
    requests: Sequence[ReportRequest],
    entries: Iterable[Entry],
    today: date,
    names: Mapping[str, str] | None = None,
    loose: Iterable[Entry] = (),
) -> Board:
    """Return the board of some requests.

    Args:
        requests: the columns.
        entries: all that was handed in.
        today: the day by which what is due is judged.
        names: of units by code, where the request has none.
        loose: what no request asks for (``unasked`` of all of them, shown or not).
    """
    handed: defaultdict[tuple[str, Period], list[Entry]] = defaultdict(list)
    for entry in entries:
        handed[entry.reporter, entry.period].append(entry)
    strays: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in loose:
        strays[entry.reporter].append(entry)
    units: dict[str, str] = {}
    places: dict[tuple[str, str], Place] = {}
    for request in requests:
        period, due = request.period, _last_day(request)
        for owing in request.units:
            known = (names or {}).get(owing.unit, "")
            units[owing.unit] = units.get(owing.unit) or known or owing.name or owing.unit
            some = handed.get((owing.unit, period), ())
            found = sorted(some, key=lambda entry: (entry.received_on, entry.id))
            place = place_of(due, owing, found, today)
            if place.standing in _OWED:
                near = (one for one in strays[owing.unit] if _touches(one, period))
                place = replace(place, near=tuple(near))
            places[owing.unit, request.id] = place
    columns: defaultdict[str, list[Place]] = defaultdict(list)
    for (_unit, request_id), place in places.items():
        columns[request_id].append(place)
    counted = {request_id: figures(some) for request_id, some in columns.items()}
    return Board(tuple(requests), tuple(units.items()), places, counted)


def unasked(requests: Iterable[ReportRequest], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the submissions that no request asks for: another period, or a unit not listed."""
    asked: set[tuple[str, Period]] = set()
    for request in requests:
        period = request.period
        asked.update((owing.unit, period) for owing in request.units)
    return tuple(entry for entry in entries if (entry.reporter, entry.period) not in asked)


def place_of(due: date | None, owing: Owing, entries: Sequence[Entry], today: date) -> Place:
    """Return where a unit stands with what is due on a day, by what it handed in, earliest first.

    A report is on time if it came on the last day or before. That is told by the first one that
    was not sent back: a correction of one's own later does not make a unit late, and what was
    sent back was no report.
    """
    handed = tuple(entries)
    if owing.excused:
        return Place(EXCUSED, 0, handed)
    if any(entry.stands for entry in handed):
        first = next(one for one in handed if one.returned_on is None or one.stands)
        late = (first.received_on - due).days if due else 0
        return Place(LATE, late, handed) if late > 0 else Place(ON_TIME, 0, handed)
    if any(entry.status == RETURNED for entry in handed):
        return Place(SENT_BACK, 0, handed)
    left = (due - today).days if due else 0
    return Place(WAITING, left, handed) if left >= 0 else Place(MISSING, -left, handed)


def _touches(entry: Entry, period: Period) -> bool:
    """Tell whether a report that stands covers some day of a period; open ends reach on."""
    mine = entry.period
    begins = mine.first is None or period.last is None or mine.first <= period.last
    ends = mine.last is None or period.first is None or period.first <= mine.last
    return entry.stands and begins and ends


def figures(places: Iterable[Place]) -> Figures:
    """Count places."""
    counts: defaultdict[str, int] = defaultdict(int)
    for place in places:
        counts[place.standing] += 1
    expected = sum(count for standing, count in counts.items() if standing != EXCUSED)
    return Figures(
        expected,
        counts[ON_TIME],
        counts[LATE],
        counts[SENT_BACK],
        counts[MISSING],
        counts[WAITING],
    )


def _last_day(request: ReportRequest) -> date | None:
    return request.due_on.last() if request.due_on else None
