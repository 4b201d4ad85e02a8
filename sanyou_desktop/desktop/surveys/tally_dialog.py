"""唱票录入: one reads the answers out, the other presses 1 to 5."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.deeds.fields_dialog import ask_fields
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.percent import percent
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.survey import GRADES, Survey
from sanyou_desktop.model.tallying import Count
from sanyou_desktop.wording import _

_WIDTH = 520
_LAST_SHOWN = 12


def open_tally(place: Place, survey: Survey) -> QDialog:
    """Go on counting where the survey's tallies stand."""
    return ask_fields(TallyDialog(place, survey))


class TallyDialog(QDialog):
    """Five counters, each with its key; Backspace takes back, Ctrl+S saves."""

    def __init__(self, place: Place, survey: Survey) -> None:
        """Show the tallies of the survey."""
        super().__init__(place.widget)
        self._session, self._survey = place.session, survey
        self.count = Count.of(survey)
        fields = kind_of("survey").fields
        self._titles = {grade: _(fields[grade].title) for grade in GRADES}
        self.figures: dict[str, QLabel] = {}
        self.shares: dict[str, QLabel] = {}
        self.keys: dict[str, QPushButton] = {}
        self.setWindowTitle(_("唱票录入：{title}").format(title=survey.title))
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        words = _("一份一份唱，按 1 到 5 各记一份；按错了用退格键收回上一份。Ctrl+S 保存。")
        column.addWidget(text_label(words, "muted", wrap=True))
        column.addLayout(self._counters())
        self.summary = text_label("", "section")
        self.last = text_label("", "caption", wrap=True)
        self.told = text_label("", "error", wrap=True)
        for label in (self.summary, self.last, self.told):
            column.addWidget(label)
        column.addStretch()
        column.addLayout(self._foot())
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        # Else 取消 has the cursor, and takes the space bar.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self._show()

    def _counters(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(3, 1)
        for row, grade in enumerate(GRADES):
            made = button(str(row + 1), self._calling(grade))
            made.setAccessibleName(self._titles[grade])
            figure, share = text_label("0", "big"), text_label("", "muted")
            figure.setFont(tabular(figure.font()))
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            figure.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)
            for place, widget in enumerate((made, QLabel(self._titles[grade]), figure, share)):
                grid.addWidget(widget, row, place)
            self.keys[grade], self.figures[grade], self.shares[grade] = made, figure, share
        return grid

    def _calling(self, grade: str) -> Callable[[], None]:
        return lambda: self.call(grade)

    def _foot(self) -> QHBoxLayout:
        self.back = button(_("收回上一份"), self.take_back, icon_name="undo-2")
        self.cancel = button(_("取消"), self.reject)
        self.take = button(_("保存"), self.save, role="primary", icon_name="save")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.back)
        foot.addWidget(spacer(), 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        for made in (*self.keys.values(), self.back, self.cancel, self.take):
            # The keys are the dialog's; a button would take Space and Return.
            made.setAutoDefault(False)
            counts = made in self.keys.values()
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus if counts else Qt.FocusPolicy.TabFocus)
        return foot

    # Counting

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count with 1 to 5, take back with Backspace."""
        figure = "" if event.isAutoRepeat() else event.text()
        if len(figure) == 1 and figure in "12345":
            self.call(GRADES[int(figure) - 1])
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def call(self, grade: str) -> None:
        """Count one answer."""
        if self.take.isEnabled():
            self.count.call(grade)
            self._show()

    def take_back(self) -> None:
        """Take the last answer back."""
        if self.take.isEnabled():
            self.count.take_back()
            self._show()

    def _show(self) -> None:
        tallies = self.count.tallies()
        for grade, number in tallies.items():
            self.figures[grade].setText(f"{number:,}")
            share = percent(number, self.count.answers)
            self.shares[grade].setText("" if share is None else f"{plain(share)}%")
        survey = self.count.counted_into(self._survey)
        parts = [_("已计 {count} 份").format(count=self.count.answers)]
        rate = survey.satisfaction_rate()
        if rate is not None:
            parts.append(_("满意率 {rate}%").format(rate=plain(rate)))
        self.summary.setText(" · ".join(parts))
        called = [self._titles[grade] for grade in self.count.called[-_LAST_SHOWN:]]
        self.last.setText(_("最近：{answers}").format(answers=" ".join(called)) if called else "")
        self.back.setEnabled(bool(called))
        self.told.hide()

    # Saving

    def save(self) -> None:
        """Put the tallies into the survey."""
        if not self.take.isEnabled():
            return
        self._set_busy(True)
        after = self.count.counted_into(self._survey)
        undo = _("唱票录入「{title}」").format(title=after.title)
        self._session.operations.run(
            lambda ledger: ledger.save_many([after], undo),
            owner=self,
            done=lambda _changes: self._saved(),
            failed=self._not_saved,
        )

    def reject(self) -> None:
        """Leave; what was counted and not saved is asked about."""
        if not self.take.isEnabled():
            return
        if self.count.called:
            question = _("已唱 {count} 份还没有保存，确定不保存就离开？").format(
                count=len(self.count.called)
            )
            if not self._session.ask.confirm(self, question, _("不保存")):
                return
        super().reject()

    def _saved(self) -> None:
        self._set_busy(False)
        self.accept()

    def _not_saved(self, error: Exception) -> None:
        self._set_busy(False)
        self.told.setText(explain(error))
        self.told.show()

    def _set_busy(self, busy: bool) -> None:
        self.take.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
