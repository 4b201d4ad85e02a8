"""登记履行: whether each clause was kept, entered without the mouse; broken ones raise problems."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.editors.choice import ChoiceEditor
from sanyou_desktop.desktop.editors.composition import finish_typing
from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.pledges.broken_table import BrokenTable
from sanyou_desktop.desktop.pledges.outcome_table import OutcomeTable
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.model import fulfilling
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields import Choice, Option
from sanyou_desktop.model.finding import SOURCES, Finding
from sanyou_desktop.model.pledge import OUTCOMES, Fulfilment, Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.wording import N_, _

_WIDTH, _HEIGHT = 880, 620
_SOURCES: tuple[Option, ...] = tuple(
    option for option in SOURCES if option.value in ("self_check", "complaint")
)


class FulfilDialog(QDialog):
    """One row a clause; what is broken is shown below as the problem it becomes."""

    def __init__(self, place: Place, pledge: Pledge) -> None:
        """Start with today and nothing said of any clause."""
        super().__init__(place.widget)
        self._session, self._pledge = place.session, pledge
        self.setWindowTitle(_("登记履行：{title}").format(title=pledge.title))
        self.table = OutcomeTable(pledge)
        self.table.entered.connect(self._show_entered)
        self.day = DateEditor()
        self.day.set_raw(str(PartialDate.of(date.today())))
        self.day_field = LabelledField(_("日期"), self.day, required=True)
        self.rest = button(_("其余都已兑现(&A)"), self._keep_the_rest, icon_name="check")
        self.broken = self._broken_part()
        self.told = text_label("", "error", wrap=True)
        self.counted = text_label("", "caption")
        self.cancel = button(_("取消"), self.reject)
        self.take = button(_("保存"), self.save, role="primary", icon_name="save")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        hint = _(
            "按 1 已兑现，2 部分兑现，3 未兑现，0 清除；没有涉及的条款留空。"
            "部分兑现和未兑现须写依据。Ctrl+S 保存。"
        )
        column.addWidget(text_label(hint, "muted", wrap=True))
        column.addLayout(self._head())
        column.addWidget(self.table, 1)
        column.addWidget(self.broken)
        column.addWidget(self.told)
        column.addLayout(self._foot())
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        self._show_entered()
        self.resize(_WIDTH, _HEIGHT)
        self.table.setFocus()

    def _head(self) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setSpacing(SPACE_4)
        self.day.setMaximumWidth(_WIDTH // 3)
        across.addWidget(self.day_field)
        across.addWidget(spacer(), 1)
        beside = QVBoxLayout()
        beside.addStretch()
        beside.addWidget(self.rest)
        across.addLayout(beside)
        return across

    def _broken_part(self) -> QWidget:
        pledge = self._pledge
        self.findings = BrokenTable(
            {
                clause.key: fulfilling.finding_of(pledge, Fulfilment(clause=clause.key))
                for clause in pledge.clauses
            }
        )
        self.source = ChoiceEditor(Choice(N_("问题来源"), enum=_SOURCES))
        self.source.set_raw("self_check")
        self.raised = text_label("", "section")
        part = QWidget()
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self.raised)
        head.addWidget(spacer(), 1)
        label = text_label(_("问题来源"), "caption")
        label.setBuddy(self.source)
        head.addWidget(label)
        head.addWidget(self.source)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self.findings)
        return part

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.counted)
        foot.addWidget(spacer(), 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        for made in (self.rest, self.cancel, self.take):
            # Return in the table goes down, and must not press a button.
            made.setAutoDefault(False)
        return foot

    def _keep_the_rest(self) -> None:
        self.table.keep_the_rest()
        self.table.setFocus()

    def _show_entered(self) -> None:
        entries = self.table.entries()
        broken = [entry.clause for entry in entries if entry.outcome == "broken"]
        self.findings.show_broken(broken)
        self.broken.setVisible(bool(broken))
        self.raised.setText(
            _("保存时同时登记 {count} 个问题，可在此修改").format(count=len(broken))
        )
        parts = [
            f"{_(option.title)} {sum(entry.outcome == option.value for entry in entries)}"
            for option in OUTCOMES
        ]
        left = self.table.rowCount() - len(entries)
        parts.append(_("未登记 {count}").format(count=left))
        self.counted.setText(" · ".join(parts))
        self.told.setVisible(False)

    def save(self) -> None:
        """Note it all, and raise the problems with it."""
        if not self.take.isEnabled():
            return
        finish_typing(self)
        for table in (self.table, self.findings):
            if any(editor.hasFocus() for editor in table.findChildren(QLineEdit)):
                # A cell that is being typed into is taken over when the cursor leaves it.
                table.setFocus()
        before = self._pledge
        try:
            after = fulfilling.fulfil(before, self.table.entries(), self._day())
            findings = self._findings(before, after)
        except (Invalid, BadDate) as error:
            self._tell(error)
            return
        self._set_busy(True)
        undo = _("登记「{title}」的履行情况").format(title=before.title)
        self._session.operations.run(
            lambda ledger: ledger.save_many([after, *findings], undo),
            owner=self,
            done=lambda _changes: self._saved(),
            failed=self._not_saved,
        )

    def reject(self) -> None:
        """Leave, unless it is being saved; what was judged is not thrown away by a slip."""
        if not self.take.isEnabled():
            return
        finish_typing(self)
        question = _("已填写的内容还没有保存，放弃吗？")
        if not self.table.entries() or self._session.ask.confirm(self, question, _("放弃")):
            super().reject()

    def _day(self) -> PartialDate:
        self.day_field.set_error("")
        text = str(self.day.raw()).strip()
        try:
            return PartialDate.parse(text)
        except BadDate as error:
            self.day_field.set_error(str(error) if text else _("必填，请填写"))
            self.day.setFocus()
            raise

    def _findings(self, before: Pledge, after: Pledge) -> list[Finding]:
        source = str(self.source.raw() or "self_check")
        broken = fulfilling.newly_broken(before, after)
        return [
            self.findings.completed(row, fulfilling.finding_of(after, entry, source))
            for row, entry in enumerate(broken)
        ]

    def _saved(self) -> None:
        self._set_busy(False)
        self.accept()

    def _not_saved(self, error: Exception) -> None:
        self._set_busy(False)
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, BadDate):
            return
        if isinstance(error, Invalid):
            self.told.setText("\n".join(problem.message for problem in error.problems))
        else:
            self.told.setText(explain(error))
        self.told.setVisible(True)

    def _set_busy(self, busy: bool) -> None:
        self.take.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
