"""今日: what is due, overdue, expiring; what the ledger holds, and what was changed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.parts import button, shortened, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_4
from sanyou_desktop.desktop.widgets.chip import StatusChip
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Filter, Query
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import N_, _

_SHOWN = 50
_RECENT = 8
_TITLE_SHOWN = 40
_SOON = timedelta(days=7)
_EXPIRING = timedelta(days=30)


@dataclass(frozen=True)
class Matter:
    """One line: the record, what is up with it, and how pressing that is, "" if not at all."""

    kind: str
    id: str
    number: str
    title: str
    text: str
    tone: str


@dataclass(frozen=True)
class Board:
    """Everything the page shows."""

    matters: tuple[Matter, ...]
    more: int
    counts: tuple[tuple[str, int], ...]
    recent: tuple[Matter, ...]


class TodayPage(Page):
    """Lists what must be seen to, most pressing first."""

    open_requested = Signal(str, str)
    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        """Start empty; the first refresh fills it."""
        super().__init__(_("今日"), session)
        self.head.addWidget(text_label(_today_in_words(date.today()), "muted"))
        self.numbers = QGridLayout()
        self.numbers.setSpacing(SPACE_4)
        self.column.addLayout(self.numbers)
        self.board = Card(_("要办的事"), wide=True)
        self.recent = Card(_("最近修改"), wide=True)
        self.recent.hide()
        for card in (self.board, self.recent):
            self.column.addWidget(card)
        self.column.addStretch(1)
        session.operations.changed.connect(self._changed)

    def refresh(self) -> None:
        """Look again."""
        day = date.today()
        self.session.jobs.read(lambda ledger: look(ledger, day), self._show, owner=self)

    def _changed(self, _changes: Changes) -> None:
        self.refresh()

    def _show(self, board: Board) -> None:
        self.counted.emit(len(board.matters) + board.more)
        _empty(self.numbers)
        for place, (kind, number) in enumerate(board.counts):
            self.numbers.addWidget(self._number(kind, number), 0, place)
        _fill(self.board, [self._matter(matter) for matter in board.matters])
        if not board.matters:
            line = _("没有逾期、将到期或等待复查的事项。")
            self.board.column.addWidget(text_label(line, "muted"))
        if board.more:
            line = _("还有 {count} 件，请到各列表查看").format(count=board.more)
            self.board.column.addWidget(text_label(line, "muted"))
        _fill(self.recent, [self._matter(matter) for matter in board.recent])
        self.recent.setVisible(bool(board.recent))

    def _number(self, kind: str, number: int) -> QWidget:
        card = Card(_(kind_of(kind).title), wide=True)
        figure = text_label(f"{number:,}", "big")
        figure.setFont(tabular(figure.font()))
        card.column.addWidget(figure)
        card.setAccessibleName(f"{_(kind_of(kind).title)} {number}")
        return card

    def _matter(self, matter: Matter) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_2)
        if matter.tone:
            chip = StatusChip()
            chip.show_status(matter.text, matter.tone)
            across.addWidget(chip)
        open_it = button(
            shortened(matter.title, _TITLE_SHOWN),
            lambda: self.open_requested.emit(matter.kind, matter.id),
            role="link",
        )
        open_it.setToolTip(matter.title)
        across.addWidget(open_it)
        words = [matter.number, _(kind_of(matter.kind).title), "" if matter.tone else matter.text]
        across.addWidget(text_label(" · ".join(filter(None, words)), "caption"))
        across.addStretch()
        return row


def look(ledger: Ledger, day: date) -> Board:
    """Return what must be seen to on ``day``."""
    matters = [*_findings(ledger, day), *_rechecks(ledger), *_ending(ledger, day)]
    counts = tuple((kind, ledger.count(kind, Query())) for kind in REPORTED)
    more = max(len(matters) - _SHOWN, 0)
    return Board(tuple(matters[:_SHOWN]), more, counts, _last_changed(ledger))


def _findings(ledger: Ledger, day: date) -> list[Matter]:
    # What is rectified waits for its re-check, however late it is.
    unsettled = Filter("status", ("open", "rectifying", "continuing"))
    until = Filter("due_on", (str(day + _SOON),), "to")
    found = []
    for line in _lines(ledger, "finding", (unsettled, until), "due_on"):
        due = line[3].last()
        late = (day - due).days
        if late > 0:
            text, tone = _("逾期 {days} 天").format(days=late), "bad"
        else:
            text, tone = (
                _("今天到期") if not late else _("{days} 天后到期").format(days=-late),
                "warn",
            )
        found.append(Matter("finding", *line[:3], text, tone))
    return found


def _rechecks(ledger: Ledger) -> list[Matter]:
    waiting = Filter("status", ("rectified",))
    lines = _lines(ledger, "finding", (waiting,), "due_on")
    return [Matter("finding", *line[:3], _("等待复查"), "warn") for line in lines]


_ENDINGS = (
    ("pledge", "valid_until", "published", N_("{days} 天后到期"), N_("已过有效期")),
    ("rule", "review_by", "in_force", N_("{days} 天后应复审"), N_("已过复审日期")),
)


def _ending(ledger: Ledger, day: date) -> list[Matter]:
    found = []
    for kind, key, status, soon, past in _ENDINGS:
        conditions = (
            Filter("status", (status,)),
            Filter(key, (str(day + _EXPIRING),), "to"),
        )
        for line in _lines(ledger, kind, conditions, key):
            left = (line[3].last() - day).days
            text = _(soon).format(days=left) if left >= 0 else _(past)
            found.append(Matter(kind, *line[:3], text, "warn" if left >= 0 else "bad"))
    return found


def _last_changed(ledger: Ledger) -> tuple[Matter, ...]:
    query = Query(sort="updated_at", descending=True)
    found = []
    for kind in REPORTED:
        at = kind_of(kind).fields["updated_at"]
        for line in ledger.page(kind, query, ("number", "title", "updated_at"), 0, _RECENT):
            number, title, when = line.values
            found.append((when, Matter(kind, line.id, number, title, at.show(when), "")))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(matter for _when, matter in found[:_RECENT])


def _lines(
    ledger: Ledger, kind: str, conditions: tuple[Filter, ...], key: str
) -> list[tuple[str, str, str, Any]]:
    query = Query(filters=conditions, sort=key, descending=False)
    lines = ledger.page(kind, query, ("number", "title", key), 0, 500)
    return [(line.id, *line.values) for line in lines]


def _today_in_words(day: date) -> str:
    names = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))
    return _("{year} 年 {month} 月 {day} 日 星期{name}").format(
        year=day.year, month=day.month, day=day.day, name=_(names[day.weekday()])
    )


def _fill(card: Card, lines: list[QWidget]) -> None:
    """Put lines under the heading of a card in place of what is there."""
    while card.column.count() > 1:
        _discard(card.column.takeAt(1))
    for line in lines:
        card.column.addWidget(line)


def _empty(layout: QGridLayout) -> None:
    while layout.count():
        _discard(layout.takeAt(0))


def _discard(item: Any) -> None:  # noqa: ANN401 - a layout item, whose stub allows None
    widget = item.widget() if item is not None else None
    if widget is not None:
        widget.deleteLater()
