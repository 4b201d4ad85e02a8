"""重复问题: the same thing found again, at the same place or in the same department.

Of one unit: another unit's problem of that name is none of its repeats. Two findings tell of the
same thing if they come from the same checklist item or have the same title; they were found in the
same spot if place or department is the same. Titles, places and departments are compared without
spaces, punctuation, letter case and width, because 卫生间（二楼） and 卫生间(二楼) are one place;
an empty text equals none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from sanyou_desktop.model.finding import Finding

# What a clerk may choose, in days: a quarter, half a year, a year.
WINDOWS = (90, 180, 365)
USUAL_WINDOW = WINDOWS[0]
_BETWEEN_WORDS = re.compile(r"[\W_]+")
# Comes after every id, which are hexadecimal.
_NOT_ENTERED = "~"


def is_repeat(finding: Finding, earlier: Finding, within_days: int) -> bool:
    """Tell whether ``finding`` repeats ``earlier``: same thing, same spot, at most so long after.

    Both need a day, month or year on which they were raised; of days known only to the month the
    nearest count. Of two raised on one day, the one entered first is the earlier: ids are in the
    order of entry, and a finding that has none yet comes last.
    """
    return (
        _comes_before(earlier, finding, within_days)
        and finding.unit == earlier.unit
        and _is_same_thing(finding, earlier)
        and (_same(finding.place, earlier.place) or _same(finding.department, earlier.department))
    )


def repeats_of(finding: Finding, earlier: Iterable[Finding], within_days: int) -> list[Finding]:
    """Return those of ``earlier`` that ``finding`` repeats, the latest first.

    ``earlier`` may hold anything, also the finding itself and what came after it.
    """
    found = [one for one in earlier if is_repeat(finding, one, within_days)]
    return sorted(found, key=lambda one: (str(one.raised_on), one.id), reverse=True)


def _comes_before(earlier: Finding, finding: Finding, within_days: int) -> bool:
    before, after = _days(earlier), _days(finding)
    if before is None or after is None or (earlier.id and earlier.id == finding.id):
        return False
    in_order = (*before, earlier.id or _NOT_ENTERED) < (*after, finding.id or _NOT_ENTERED)
    return in_order and (after[0] - before[1]).days <= within_days


def _days(finding: Finding) -> tuple[date, date] | None:
    """Return the first and the last day on which it may have been raised."""
    raised = finding.raised_on
    first, last = (raised.first(), raised.last()) if raised else (None, None)
    return (first, last) if first and last else None


def _is_same_thing(one: Finding, other: Finding) -> bool:
    if one.item_key and one.item_key == other.item_key:
        return True
    return _same(one.title, other.title)


def _same(one: str, other: str) -> bool:
    wanted = bare(one)
    return bool(wanted) and wanted == bare(other)


def bare(text: str) -> str:
    """Return what is compared of a title or place: no spaces, punctuation, case or width."""
    return _BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()
