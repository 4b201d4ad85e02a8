"""催报: who still owes a report, and the notice that reminds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission_board import MISSING, SENT_BACK, WAITING, Board, Place
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

# In the order in which one calls: who is late first.
_OWED = (MISSING, SENT_BACK, WAITING)


@dataclass(frozen=True)
class Owed:
    """A unit that owes a report, and whom to call."""

    unit: str
    name: str
    contact: str
    phone: str
    place: Place


def owed(board: Board, request_id: str, units: Mapping[str, Unit]) -> list[Owed]:
    """Return who owes the report: overdue longest first, then sent back, then still in time."""
    found = []
    for code, name in board.units:
        place = board.places.get((code, request_id))
        if place is None or place.standing not in _OWED:
            continue
        unit = units.get(code)
        contact, phone = (unit.contact, unit.phone) if unit else ("", "")
        found.append(Owed(code, name, contact, phone, place))
    return sorted(found, key=_pressing)


def _pressing(one: Owed) -> tuple[int, int]:
    standing = one.place.standing
    return _OWED.index(standing), one.place.days if standing == WAITING else -one.place.days


def notice(request: ReportRequest, many: list[Owed], sender: str, today: date) -> str:
    """Return the text of a reminder, to be pasted into a message or a document."""
    due = request.due_on.in_words() if request.due_on else ""
    names = _("、").join(one.name for one in many)
    lines = [
        _("关于催报{report}的通知").format(report=request.title),
        _(
            "{report}应于{due}前报送。截至{today}，以下 {count} 个单位尚未报送或退回后尚未重报："
            "{names}。请抓紧报送。"
        ).format(
            report=request.title,
            due=due,
            today=PartialDate.of(today).in_words(),
            count=len(many),
            names=names,
        ),
        sender,
        PartialDate.of(today).in_words(),
    ]
    return "\n".join(lines) + "\n"
