"""Counting findings: one look at each serves every number about them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sanyou_desktop.ledger.counting.sums import Sums
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.indicators.finding_facts import LastRound, Standing, on_time, standing
from sanyou_desktop.model.repeats import Sight, plain_text, repeated

_BY_SOURCE = {"complaint": "complaints", "error": "errors", "accident": "accidents"}
_NO_ROUND = LastRound()
_DECODER = json.JSONDecoder()
# Only what was handed in is asked for its last round; the places of the columns below.
_SELECT = (
    "{group}, raised_on, source, status, ifnull(replied_on, '') <> '' OR reply <> '', "
    "CASE WHEN rounds <> '[]' AND status IN ('rectified', 'closed') "
    "THEN json_extract(rounds, '$[#-1].rectified_on', '$[#-1].verified_on', '$[#-1].verdict') END, "
    "due_on, closed_on, unit, title, item_key, inspection, place, department"
)


def count_findings(sums: Sums) -> None:
    """Count findings by the days they were raised, due and closed."""
    if not sums.scope.repeats:
        _count_one_by_one(sums)
        return
    rows = list(_rows(sums))
    rounds: dict[str | None, LastRound] = {None: _NO_ROUND}
    for written in {row[5] for row in rows if row[5]}:
        rounds[written] = LastRound(*(part or "" for part in json.loads(written)))
    wanted = [row for row in rows if row[-1]]
    raised = Counter((*row[:5], rounds[row[5]].verdict) for row in wanted)
    for (group, day, source, status, is_replied, verdict), count in raised.items():
        settled = standing(status, LastRound(verdict=verdict), "").settled
        _count_raised(sums, (group, day, source), (settled, bool(is_replied)), count)
    for (group, day), count in _repeated(sums, rows).items():
        sums.add(group, "repeats", sums.calendar.marks(day).inside, count)
    for (group, day), count in Counter(
        (row[0], row[7]) for row in wanted if row[3] == "closed"
    ).items():
        marks = sums.calendar.marks(day)
        sums.add(group, "closed", marks.inside, count)
        sums.add(group, "closed_unclear", marks.unclear, count)
    due = Counter((row[0], row[6], row[3], row[5], row[7]) for row in wanted if row[6])
    for (group, day, status, last, closed_on), count in due.items():
        _count_due(sums, group, day, standing(status, rounds[last], closed_on or ""), count)


def _count_one_by_one(sums: Sums) -> None:
    """Count the same but for repeats, holding no finding longer than it takes."""
    for row in _rows(sums):
        if not row[-1]:
            continue
        group, day, source, status, is_replied, written, due_on, closed_on = row[:8]
        last = LastRound(*(part or "" for part in json.loads(written))) if written else _NO_ROUND
        settled = standing(status, LastRound(verdict=last.verdict), "").settled
        _count_raised(sums, (group, day, source), (settled, bool(is_replied)), 1)
        if status == "closed":
            marks = sums.calendar.marks(closed_on)
            sums.add(group, "closed", marks.inside, 1)
            sums.add(group, "closed_unclear", marks.unclear, 1)
        if due_on:
            _count_due(sums, group, due_on, standing(status, last, closed_on or ""), 1)


def _rows(sums: Sums) -> Iterator[tuple[Any, ...]]:
    """Yield all findings of the unit, the last column telling whether they are wanted.

    Those of other themes, and confidential ones where they do not count, are looked at too, for
    one of them may be what a finding repeats.
    """
    scope = sums.scope
    unit = " AND unit = :unit" if scope.unit else ""
    wanted = "instr(themes, :theme) > 0" if scope.theme else "1"
    if scope.public:
        wanted += " AND ifnull(confidential, '') = ''"
    columns = _SELECT.replace("{group}", scope.group)
    sql = f"SELECT {columns}, {wanted} FROM finding WHERE +deleted_at = ''{unit}"
    yield from sums.conn.execute(sql, scope.values)


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


def _repeated(sums: Sums, rows: list[tuple[Any, ...]]) -> Counter[tuple[str, str]]:
    """Return how many of the rows wanted repeat another one, by group and day."""
    items = _item_texts(sums, rows)
    days: dict[str | None, tuple[int, int] | None] = {}
    plain = _Plain()
    sights, seen = [], []
    namesakes = Counter((row[8], plain[row[9]]) for row in rows)
    for row in rows:
        # Most findings have neither a namesake nor an item, and so repeat nothing.
        if not row[10] and namesakes[row[8], plain[row[9]]] == 1:
            continue
        raised = row[1]
        if raised not in days:
            days[raised] = _days(raised)
        day = days[raised]
        if day is None:
            continue
        unit, title, key, inspection, place, department = row[8:14]
        item = items.get((inspection, key)) if key else None
        texts = (plain[title], key or "", plain[item], plain[place], plain[department])
        sights.append(Sight._make((unit, *texts, *day)))
        seen.append(row)
    again = (seen[at] for at in repeated(sights, sums.scope.repeat_days))
    return Counter((row[0], row[1]) for row in again if row[-1])


def _item_texts(sums: Sums, rows: list[tuple[Any, ...]]) -> dict[tuple[str, str], str]:
    """Return the texts of the checklist items that findings came from, by inspection and key."""
    keys: dict[str, set[str]] = {}
    for row in rows:
        if row[10] and row[11]:
            keys.setdefault(row[11], set()).add(row[10])
    if not keys:
        return {}
    found = {}
    # In the order of the file: looked up one by one, inspections would be read all over it.
    for inspection, items in sums.conn.execute("SELECT id, items FROM inspection"):
        for key in keys.get(inspection, ()):
            found[inspection, key] = _item_text(items, key)
    return found


def _item_text(items: str, key: str) -> str:
    """Return the text of the item with that key, "" if it is gone.

    The ledger writes it right behind the key; only what is not found there is read whole.
    """
    sign = f'"key":{json.dumps(key, ensure_ascii=False)},"item":"'
    at = items.find(sign)
    if at >= 0:
        return str(_DECODER.raw_decode(items, at + len(sign) - 1)[0])
    rows = (row for row in json.loads(items) if row.get("key") == key)
    return next((str(row.get("item") or "") for row in rows), "")


def _days(written: str | None) -> tuple[int, int] | None:
    known = PartialDate.parse(written) if written else None
    first, last = (known.first(), known.last()) if known else (None, None)
    if first is None or last is None:
        return None
    return first.toordinal(), last.toordinal()
