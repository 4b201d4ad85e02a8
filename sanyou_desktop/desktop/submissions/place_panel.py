"""Below the board: what one unit handed in for one report, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from sanyou_desktop.desktop.deeds.bar import DeedBar
from sanyou_desktop.desktop.deeds.deed import Deed, Place
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.submissions.look import chip_of
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.chip import StatusChip
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.report_request import Owing, ReportRequest
from sanyou_desktop.model.submission import SUBMISSION_STATUSES, Submission
from sanyou_desktop.model.submission_board import Place as Standing
from sanyou_desktop.wording import _

_LINES = 2


class PlacePanel(Card):
    """Shows a place of the board.

    Signals:
        opened: id of the submission that the user wants to see whole.
    """

    opened = Signal(str)

    def __init__(self, session: Session, place: Callable[[], Place]) -> None:
        """Start without a place; ``place`` says where deeds are done."""
        super().__init__("", wide=True)
        self._session, self._where = session, place
        self._asked: Job | None = None
        self._request: ReportRequest | None = None
        self._owing: Owing | None = None
        self.current: Submission | None = None
        self.near: Submission | None = None
        self.column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        self.title.setProperty("role", "title")
        self.chip = StatusChip()
        self.told = text_label("", "muted", wrap=True)
        # Of one height whatever is told, so that the board above keeps its place.
        self.told.setMinimumHeight(_LINES * self.told.fontMetrics().lineSpacing())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.deeds = DeedBar("submission", margin=0)
        self.deeds.asked.connect(self._do)
        self.register = button(_("登记收件…"), self.register_by_hand, icon_name="inbox")
        self.count = button(_("认作本期上报"), self._count, icon_name="check")
        self.whole = button(_("打开登记"), self._open, icon_name="external-link")
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        self.column.removeWidget(self.title)
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for made in (self.register, self.count, self.whole, self.deeds):
            foot.addWidget(made)
        foot.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.told)
        self.column.addLayout(foot)

    def show_place(
        self, unit: tuple[str, str], request: ReportRequest, standing: Standing | None
    ) -> None:
        """Show where a unit stands with a report; what it handed in is read in the background."""
        code, name = unit
        self._request = request
        owing = next((one for one in request.units if one.unit == code), None)
        self._owing = owing and Owing(key=owing.key, unit=code, name=name, excused=owing.excused)
        self.title.setText(_("{unit}　{report}").format(unit=name, report=request.title))
        words, tone = chip_of(standing) if standing else (_("不在应报名单"), "muted")
        self.chip.show_status(words, tone)
        self._show(())
        if self._asked is not None:
            self._asked.cancel()
        ids = [entry.id for entry in standing.entries] if standing else []
        near = [entry.id for entry in standing.near] if standing else []
        current = standing.current.id if standing and standing.current else ""
        self._asked = self._session.jobs.read(
            lambda ledger: (_submissions(ledger, ids), _submissions(ledger, near)),
            lambda found: self._show(found[0], current, found[1]),
            owner=self,
        )

    def _show(
        self,
        found: tuple[Submission, ...],
        current: str = "",
        near: tuple[Submission, ...] = (),
    ) -> None:
        self.current = next((one for one in found if one.id == current), None)
        # What came last is most likely what was meant.
        self.near = near[-1] if near else None
        lines = [_of_another_period(one) for one in reversed(near)]
        lines += [_line(one) for one in reversed(found)]
        more = len(lines) - _LINES
        if more > 0:
            told = _("更早的还有 {count} 次").format(count=more)
            lines = [*lines[: _LINES - 1], _("{line}　{told}").format(line=lines[1], told=told)]
        self.told.setText("\n".join(lines) or _("还没有收到。"))
        writable = not self._session.read_only
        owes = self._owing is not None and not (self.current and self.current.stands)
        self.register.setVisible(writable and owes)
        self.count.setVisible(writable and self.near is not None)
        self.whole.setVisible(self.current is not None)
        if self.current is None:
            self.deeds.hide()
        else:
            self.deeds.show_record(self.current, read_only=self._session.read_only)

    def register_by_hand(self) -> None:
        """Enter a report that came on paper or by mail."""
        from sanyou_desktop.desktop.submissions.steps import register_by_hand

        if self._owing is not None and self._request is not None:
            register_by_hand(self._where(), self._request, self._owing)

    def _count(self) -> None:
        from sanyou_desktop.desktop.submissions.steps import count_for

        if self.near is not None and self._request is not None:
            count_for(self._where(), self.near, self._request)

    def _do(self, deed: Deed) -> None:
        if self.current is not None:
            deed.do(self._where(), self.current)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.id)


def _submissions(ledger: Ledger, ids: list[str]) -> tuple[Submission, ...]:
    found = (ledger.get(one) for one in ids)
    return tuple(one for one in found if isinstance(one, Submission))


def _of_another_period(submission: Submission) -> str:
    """Return a report whose period is not that of the request, on a line."""
    return _("期间待核：{period}　{line}").format(
        period=submission.period.in_words(), line=_line(submission)
    )


def _line(submission: Submission) -> str:
    """Return one submission on a line: when, what, how much, what became of it."""
    status = next(
        _(option.title) for option in SUBMISSION_STATUSES if option.value == submission.status
    )
    rows = "" if submission.rows is None else _("{count} 条").format(count=submission.rows)
    parts = [
        _("第 {number} 次").format(number=submission.version or 1),
        _("{day} 收到").format(day=submission.received_on),
        submission.file_name,
        rows,
        status,
        submission.number,
    ]
    if submission.status == "returned" and submission.comments:
        parts.append(_("意见：{text}").format(text=submission.comments[0].text[:40]))
    return _("　").join(part for part in parts if part)
