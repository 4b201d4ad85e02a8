"""What the board shows, read in one job, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission_board import (
    LATE,
    MISSING,
    STANDINGS,
    WAITING,
    Board,
    Entry,
    Figures,
    Place,
    board_of,
    unasked,
)
from sanyou_desktop.wording import N_, _

# Columns beside one another that can still be read; open requests are shown however many.
_COLUMNS = 6
_OPTIONS = MappingProxyType({option.value: option for option in STANDINGS})
_WITH_DAYS = MappingProxyType(
    {
        LATE: N_("迟报 {days} 天"),
        MISSING: N_("未报 {days} 天"),
        WAITING: N_("待报，剩 {days} 天"),
    }
)


@dataclass(frozen=True)
class Seen:
    """The board, the submissions that no request asks for, and how many there are in all."""

    board: Board
    registered: int
    strays: tuple[Entry, ...]


def look(ledger: Ledger, today: date) -> Seen:
    """Return the board of the open requests and of those that were due last, latest first."""
    with ledger.as_of_now():
        every = [one for one in ledger.records("request") if isinstance(one, ReportRequest)]
        every.sort(key=lambda one: (str(one.due_on), one.id), reverse=True)
        entries = ledger.submission_entries()
        shown = [one for place, one in enumerate(every) if one.status == "open" or place < _COLUMNS]
        names = ledger.unit_names({owing.unit for one in shown for owing in one.units})
    loose = unasked(every, entries)
    board = board_of(shown, entries, today, names, loose)
    return Seen(board, len(entries), loose)


def chip_of(place: Place) -> tuple[str, str]:
    """Return the words and the tone of a place: ("迟报 2 天", "warn")."""
    option = _OPTIONS[place.standing]
    words = _(option.title)
    if place.standing == WAITING and not place.days:
        words = _("待报，今天截止")
    elif place.days:
        words = _(_WITH_DAYS[place.standing]).format(days=place.days)
    if len(place.entries) > 1:
        words += _("·补报 {count} 次").format(count=len(place.entries) - 1)
    if place.near:
        words += _("·{count} 份期间待核").format(count=len(place.near))
        return words, "warn"
    return words, option.tone


def figures_in_words(figures: Figures) -> str:
    """Return 报送率 93.3%（28/30），按时报送率 80.0%（24/30）: each with what it is made of."""
    if figures.rate is None:
        return _("没有应报单位")
    return _(
        "报送率 {rate}%（已报 {actual}/应报 {expected}），"
        "按时报送率 {on_time_rate}%（{on_time}/{expected}）"
    ).format(
        rate=figures.rate,
        actual=figures.actual,
        expected=figures.expected,
        on_time_rate=figures.rate_on_time,
        on_time=figures.on_time,
    )


def last_day(request: ReportRequest) -> str:
    """Return 截止 2026-10-10."""
    return _("截止 {day}").format(day=request.due_on or "")
