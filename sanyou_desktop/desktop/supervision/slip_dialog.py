"""Asks for level, demand and limit of the slips about one or several findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.editors.composition import finish_typing
from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, shortened, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import FORM_WIDTH, SPACE_2, SPACE_3, SPACE_4
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.escalation import LEVELS_RISING, days_left
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.fields.rows import fields_of
from sanyou_desktop.model.finding import LEVELS, Finding, Slip
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.supervision import usual_demand, usual_due, usual_level
from sanyou_desktop.model.working_days import WorkingDays
from sanyou_desktop.wording import _

_TITLE_SHOWN = 60


class SlipDialog(QDialog):
    """Issues the slips in one transaction; stays open, with the reason, when that is refused.

    Signals:
        issued: the findings with their new slips, as pairs.
    """

    issued = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        findings: Sequence[Finding],
        calendar: WorkingDays,
        closed: int = 0,
    ) -> None:
        """Begin with what is usual for the most pressing of the findings."""
        super().__init__(parent)
        self._session, self._findings, self._calendar = session, findings, calendar
        self._today = date.today()
        self._usual_due = ""
        self.setWindowTitle(_("签发督办单"))
        self.setMinimumWidth(FORM_WIDTH * 3 // 4)
        self.level = CalmComboBox()
        self.due = DateEditor()
        self.demand = LongTextEditor()
        self._fill()
        fields = fields_of(Slip)
        self.level_field = LabelledField(_(fields["level"].title), self.level)
        self.due_field = LabelledField(_(fields["due_on"].title), self.due, required=True)
        self.demand_field = LabelledField(_(fields["demand"].title), self.demand, required=True)
        self.told = text_label("", "error", wrap=True)
        self.told.hide()
        self.issue_button = button(_("签发并打印"), self.issue, role="primary", icon_name="printer")
        self.issue_button.setDefault(True)
        self._lay_out(closed)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.issue)
        self.level.activated.connect(lambda _index: self._level_changed())
        self._level_changed()
        self.demand.setFocus()

    def _lay_out(self, closed: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(self._about(), wrap=True))
        if closed:
            text = _("另有 {count} 个已销号的问题，不再督办。").format(count=closed)
            column.addWidget(text_label(text, "caption", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addWidget(self.level_field, 1)
        row.addWidget(self.due_field, 1)
        column.addLayout(row)
        column.addWidget(self.demand_field, 1)
        column.addWidget(self.told)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(text_label(_("编号在签发时自动产生，不会重复使用。"), "caption"))
        foot.addWidget(spacer())
        cancel = button(_("取消"), self.reject)
        cancel.setAutoDefault(False)
        foot.addWidget(cancel)
        foot.addWidget(self.issue_button)
        column.addLayout(foot)

    def _about(self) -> str:
        first = self._findings[0]
        title = shortened(first.title, _TITLE_SHOWN)
        if len(self._findings) == 1:
            return _("{number}　{title}").format(number=first.number, title=title)
        return _("「{title}」等 {count} 个问题，每个问题一份督办单。").format(
            title=title, count=len(self._findings)
        )

    def _fill(self) -> None:
        levels = [usual_level(finding, self._today) for finding in self._findings]
        if len(levels) > 1:
            self.level.addItem(_("按各自时限"), "")
        for option in LEVELS:
            self.level.addItem(_(option.title), option.value)
        self._pressing = max(levels, key=LEVELS_RISING.index)
        if len(levels) == 1:
            self.level.setCurrentIndex(self.level.findData(self._pressing))
        self.demand.set_raw(usual_demand())

    def _level_changed(self) -> None:
        """Put the usual day for the level, unless another one was typed."""
        chosen = str(self.level.currentData() or self._pressing)
        due = str(usual_due(chosen, self._today, self._calendar))
        if str(self.due.raw() or "") == self._usual_due:
            self.due.set_raw(due)
            self._usual_due = due
        self.due_field.set_help(self._help(due))
        if len(self._findings) == 1:
            self.level_field.set_help(self._limit())

    def _help(self, due: str) -> str:
        days = self._calendar.between(self._today, date.fromisoformat(due))
        text = _("通常为 {count} 个工作日后：{day}").format(count=days, day=due)
        if self._calendar.is_known(int(due[:4])):
            return text
        return text + _("（{year} 年没有节假日表，只避开周末）").format(year=due[:4])

    def _limit(self) -> str:
        left = days_left(self._findings[0].due_on, self._today)
        if left is None:
            return _("该问题没有填写整改时限")
        if left < 0:
            return _("已超过整改时限 {days} 天").format(days=-left)
        return _("距整改时限还有 {days} 天").format(days=left)

    def reject(self) -> None:
        """Leave, unless slips are being issued; a demand is not thrown away by a slip of a key."""
        if not self.issue_button.isEnabled():
            return
        finish_typing(self)
        question = _("已填写的内容还没有保存，放弃吗？")
        typed = self.demand.raw() != usual_demand()
        if not typed or self._session.ask.confirm(self, question, _("放弃")):
            super().reject()

    def issue(self) -> None:
        """Issue the slips, or say what is missing."""
        if not self.issue_button.isEnabled():
            return
        finish_typing(self)
        slip = self._slip()
        if slip is None:
            return
        ids = [finding.id for finding in self._findings]
        self.issue_button.setEnabled(False)
        self._session.operations.run(
            lambda ledger: ledger.issue_slips(ids, slip),
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def _slip(self) -> Slip | None:
        """Return what was entered; None where it can't be read, with the reason at its field."""
        fields = fields_of(Slip)
        found: dict[str, object] = {}
        for key, field, editor in (
            ("demand", self.demand_field, self.demand),
            ("due_on", self.due_field, self.due),
        ):
            field.set_error("")
            try:
                found[key] = fields[key].read(editor.raw())
            except Refused as refused:
                field.set_error("\n".join(fault.message for fault in refused.faults))
        if len(found) < 2:
            return None
        due, demand = found["due_on"], str(found["demand"])
        return Slip(
            key="",
            issued_on=PartialDate.of(self._today),
            level=str(self.level.currentData() or ""),
            demand=demand,
            due_on=due if isinstance(due, PartialDate) else None,
        )

    def _refused(self, error: Exception) -> None:
        self.issue_button.setEnabled(True)
        columns = {"demand": self.demand_field, "due_on": self.due_field}
        at_fields = set()
        if isinstance(error, Invalid):
            for problem in error.problems:
                if problem.column in columns:
                    columns[problem.column].set_error(problem.message)
                    at_fields.add(problem.column)
        self.told.setVisible(not at_fields)
        self.told.setText("" if at_fields else explain(error))
        for column in sorted(at_fields):
            columns[column].editor.setFocus()

    def _done(self, _changes: Changes) -> None:
        """Read the numbers that were given, and hand the slips on."""
        ids = [finding.id for finding in self._findings]

        def numbered(ledger: Ledger) -> list[tuple[Finding, Slip]]:
            found = [record for one in ids if isinstance(record := ledger.get(one), Finding)]
            return [(finding, finding.slips[-1]) for finding in found if finding.slips]

        def read(slips: list[tuple[Finding, Slip]]) -> None:
            self.issued.emit(slips)
            self.accept()

        self._session.jobs.read(numbered, read, owner=self, failed=self._refused)
