"""Counting findings: one look at each serves every number about them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

from sanyou_desktop.ledger.counting.inspections import ItemTexts
from sanyou_desktop.ledger.counting.sums import Sums
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.indicators.finding_facts import LastRound, Standing, on_time, standing
from sanyou_desktop.model.repeats import Sights, plain_text, repeated

_BY_SOURCE = {"complaint": "complaints", "error": "errors", "accident": "accidents"}
_NO_ROUND = LastRound()
# How many places in the file one piece reaches over: some 5 MB of columns.
_REACH = 10_000


class Columns(NamedTuple):
    """Findings by columns, in the order of the file; NULL comes as None."""

    group: list[Any]
    raised_on: list[Any]
    source: list[Any]
    status: list[Any]
    is_replied: list[Any]
    last_round: list[Any]
    due_on: list[Any]
    closed_on: list[Any]
    unit: list[Any]
    title: list[Any]
    item_key: list[Any]
    inspection: list[Any]
    place: list[Any]
    department: list[Any]
    is_wanted: list[Any]


# Only what was handed in is asked for its last round. Made text, so that it comes as one.
_SQL_OF = {
    "is_replied": "ifnull(replied_on, '') <> '' OR reply <> ''",
    "last_round": "CASE WHEN rounds <> '[]' AND status IN ('rectified', 'closed') THEN "
    "json_extract(rounds, '$[#-1].rectified_on', '$[#-1].verified_on', '$[#-1].verdict') || '' END",
}


def _together(pieces: Iterable[Columns]) -> Columns:
    found = Columns(*([] for _name in Columns._fields))
    for piece in pieces:
        for column, more in zip(found, piece, strict=True):
            column += more
    return found


def count_findings(sums: Sums) -> Columns:
    """Count findings by the days they were raised, due and closed.

    Return all of them for ``count_repeats``; none if the scope asks for no repeats.
    """

    def counted() -> Iterator[Columns]:
        for piece in _pieces(sums):
            _count_piece(sums, piece)
            if sums.scope.repeats:
                yield piece

    return _together(counted())


def items_of(found: Columns) -> dict[str, list[str]]:
    """Return the row keys of the checklist items that findings came from, by inspection."""
    keys: dict[str, list[str]] = {}
    for inspection, key in zip(found.inspection, found.item_key, strict=True):
        if inspection and key:
            keys.setdefault(inspection, []).append(key)
    return keys


def _count_piece(sums: Sums, piece: Columns) -> None:
    """Count what each finding tells by itself; those that are alike are looked at once."""
    rounds: dict[str | None, LastRound] = {None: _NO_ROUND}
    for written in {*piece.last_round} - {None}:
        rounds[written] = LastRound(*(part or "" for part in json.loads(written)))
    last_rounds = [rounds[written] for written in piece.last_round]
    verdicts = [last.verdict for last in last_rounds]

    def alike(*columns: Sequence[Any]) -> Iterator[tuple[tuple[Any, ...], int]]:
        yield from Counter(compress(zip(*columns, strict=True), piece.is_wanted)).items()

    what = (piece.group, piece.raised_on, piece.source)
    for (*raised, status, is_replied, verdict), count in alike(
        *what, piece.status, piece.is_replied, verdicts
    ):
        settled = standing(status, LastRound(verdict=verdict), "").settled
        _count_raised(sums, tuple(raised), (settled, bool(is_replied)), count)
    for (group, status, day), count in alike(piece.group, piece.status, piece.closed_on):
        if status == "closed":
            marks = sums.calendar.marks(day)
            sums.add(group, "closed", marks.inside, count)
            sums.add(group, "closed_unclear", marks.unclear, count)
    for (group, day, status, last, closed_on), count in alike(
        piece.group, piece.due_on, piece.status, last_rounds, piece.closed_on
    ):
        if day:
            _count_due(sums, group, day, standing(status, last, closed_on or ""), count)


def _pieces(sums: Sums) -> Iterator[Columns]:
    """Yield all findings of the unit, the last column telling whether they are wanted.

    Those of other themes, and confidential ones where they do not count, are looked at too, for
    one of them may be what a finding repeats. A column comes as one list written by SQLite, which
    takes half the time of as many values one by one; piece by piece, for they are held in memory.
    """
    scope = sums.scope
    of_unit = " AND unit = :unit" if scope.unit else ""
    wanted = "instr(themes, :theme) > 0" if scope.theme else "1"
    if scope.public:
        wanted += " AND ifnull(confidential, '') = ''"
    told = {"group": scope.group, "is_wanted": wanted, **_SQL_OF}
    columns = ", ".join(f"json_group_array({told.get(name, name)})" for name in Columns._fields)
    sql = (
        f"SELECT {columns} FROM finding "
        f"WHERE +deleted_at = ''{of_unit} AND seq >= :begin AND seq < :begin + {_REACH}"
    )
    begin = _first(sums, 0)
    while begin is not None:
        row = sums.conn.execute(sql, {**scope.values, "begin": begin}).fetchone()
        yield Columns(*map(json.loads, row))
        begin = _first(sums, begin + _REACH)


def _first(sums: Sums, begin: int) -> int | None:
    """Return the place of the first finding from there on; None if there is none."""
    found: int | None
    (found,) = sums.conn.execute("SELECT min(seq) FROM finding WHERE seq >= ?", [begin]).fetchone()
    return found


def _count_raised(
    sums: Sums, what: tuple[str, str | None, str], became: tuple[bool, bool], count: int
) -> None:
    group, day, source = what
    settled, is_replied = became
    marks = sums.calendar.marks(day)
    sums.add(group, "raised", marks.inside, count)
    sums.add(group, "raised_unclear", marks.unclear, count)
    name = _BY_SOURCE.get(source)
    if name:
        sums.add(group, name, marks.inside, count)
        sums.add(group, f"{name}_unclear", marks.unclear, count)
    if settled:
        sums.add(group, "settled", marks.inside, count)
    if is_replied:
        sums.add(group, "replied", marks.inside, count)


def _count_due(sums: Sums, group: str, due_on: str, stands: Standing, count: int) -> None:
    calendar, due = sums.calendar, sums.calendar.marks(due_on)
    # Overdue on the reference day: its time was over, and nothing had been handed in.
    if not stands.handed_in:
        pending, unclear = calendar.everything, 0
    else:
        earlier = calendar.everything & ~calendar.now
        done = calendar.marks(stands.done_on)
        pending, unclear = earlier & ~done.perhaps_by, earlier & done.perhaps_by & ~done.by
    sums.add(group, "overdue", due.past & pending, count)
    sums.add(group, "overdue_unclear", due.past & unclear, count)
    if not stands.settled and not due.is_over:
        return
    sums.add(group, "due_unclear", due.unclear, count)
    if not due.inside:
        return
    in_time = on_time(stands.done_on, due_on) if stands.settled else False
    if in_time is None:
        sums.add(group, "due_unclear", due.inside, count)
        return
    sums.add(group, "due", due.inside, count)
    if in_time:
        sums.add(group, "on_time", due.inside, count)


class _Plain(dict[str | None, str]):
    """Texts without blanks, each worked out once: titles, places and departments repeat."""

    def __missing__(self, text: str | None) -> str:
        found = self[text] = plain_text(text or "")
        return found


def count_repeats(sums: Sums, found: Columns, item_texts: ItemTexts) -> None:
    """Count those wanted that repeat another one, by the day they were raised."""
    dated, again = _repeats(sums, found, item_texts)
    counted = Counter((dated.group[at], dated.raised_on[at]) for at in again)
    for (group, day), count in counted.items():
        sums.add(group, "repeats", sums.calendar.marks(day).inside, count)


def _repeats(sums: Sums, found: Columns, item_texts: ItemTexts) -> tuple[Columns, list[int]]:
    """Return the findings with a day, and which of those wanted repeat another one."""
    days = {written: _days(written) for written in {*found.raised_on}}
    # A finding of which nobody knows when it was raised repeats nothing.
    known = [days[written] for written in found.raised_on]
    dated = Columns(*(list(compress(column, known)) for column in found))
    spans = [span for span in known if span]
    items = map(item_texts.get, zip(dated.inspection, dated.item_key, strict=True))
    plain = _Plain()
    sights = Sights(
        dated.unit,
        [plain[text] for text in dated.title],
        [key or "" for key in dated.item_key],
        [plain[text] for text in items],
        [plain[text] for text in dated.place],
        [plain[text] for text in dated.department],
        [first for first, _last in spans],
        [last for _first, last in spans],
    )
    again = repeated(sights, sums.scope.repeat_days)
    return dated, [at for at in sorted(again) if dated.is_wanted[at]]


def _days(written: str | None) -> tuple[int, int] | None:
    known = PartialDate.parse(written) if written else None
    first, last = (known.first(), known.last()) if known else (None, None)
    if first is None or last is None:
        return None
    return first.toordinal(), last.toordinal()
