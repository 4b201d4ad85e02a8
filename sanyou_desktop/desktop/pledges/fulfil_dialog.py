"""登记履行: whether each clause was kept, entered without the mouse; broken ones raise problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import named, newest_of, undo_of
from sanyou_desktop.desktop.dialogs.deed_dialog import DeedDialog, Work
from sanyou_desktop.desktop.editors.choice import ChoiceEditor
from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.pledges.broken_table import BrokenTable
from sanyou_desktop.desktop.pledges.outcome_table import OutcomeTable
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import fulfilling
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields import Choice, Option
from sanyou_desktop.model.finding import SOURCES
from sanyou_desktop.model.pledge import OUTCOMES, Fulfilment, Pledge
from sanyou_desktop.wording import N_, _

_WIDTH, _HEIGHT = 880, 620
_SOURCES: tuple[Option, ...] = tuple(
    option for option in SOURCES if option.value in ("self_check", "complaint")
)


class FulfilDialog(DeedDialog):
    """One row a clause; what is broken is shown below as the problem it becomes."""

    def __init__(self, place: Place, pledge: Pledge) -> None:
        """Start with today and nothing said of any clause."""
        hint = _(
            "按 1 已兑现，2 部分兑现，3 未兑现，0 清除；没有涉及的条款留空。"
            "部分兑现和未兑现须写依据。"
        )
        super().__init__(
            place.widget,
            place.session,
            _("登记履行"),
            named(pledge, hint),
            _("保存"),
            icon_name="save",
            hint=_("Ctrl+S 保存，Esc 取消"),
        )
        self._pledge = pledge
        self.table = OutcomeTable(pledge)
        self.table.entered.connect(self._show_entered)
        self.day = DateEditor()
        self.day.set_raw(str(PartialDate.of(date.today())))
        self.day_field = LabelledField(_("日期"), self.day, required=True)
        self.rest = button(_("其余都已兑现(&A)"), self._keep_the_rest, icon_name="check")
        self.rest.setAutoDefault(False)
        self.broken = self._broken_part()
        self.counted = text_label("", "caption")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(self._head())
        column.addWidget(self.table, 1)
        column.addWidget(self.broken)
        column.addWidget(self.counted)
        # Return in a table goes down.
        self._lay_out(content, enter_confirms=False)
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
        left = self.table.rowCount() - sum(bool(entry.outcome) for entry in entries)
        parts.append(_("未登记 {count}").format(count=left))
        self.counted.setText(" · ".join(parts))
        self.banner.hide()

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything was said of a clause."""
        return bool(self.table.entries())

    def _prepare(self) -> Work | None:
        for table in (self.table, self.findings):
            if any(editor.hasFocus() for editor in table.findChildren(QLineEdit)):
                # A cell that is being typed into is taken over when the cursor leaves it.
                table.setFocus()
        day = self._day()
        if day is None:
            return None
        entries, source = self.table.entries(), str(self.source.raw() or "self_check")
        mended = self.findings.mended()
        # Told before anything is begun; the same is asked once more of the newest revision.
        fulfilling.fulfil(self._pledge, entries, day)

        def work(ledger: Ledger) -> Changes:
            now = newest_of(ledger, self._pledge)
            after = fulfilling.fulfil(now, entries, day)
            raised = [
                replace(fulfilling.finding_of(after, entry, source), **mended[entry.clause])
                for entry in fulfilling.newly_broken(now, after)
            ]
            return ledger.save_many([after, *raised], undo_of(_("登记履行"), now))

        return work

    def _day(self) -> PartialDate | None:
        """Return the day; None if it cannot be read, which is told at its field."""
        self.day_field.set_error("")
        text = str(self.day.raw()).strip()
        try:
            return PartialDate.parse(text)
        except BadDate as error:
            self.day_field.set_error(str(error) if text else _("必填，请填写"))
            self.day.setFocus()
            return None
