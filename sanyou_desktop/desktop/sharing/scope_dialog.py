"""Which kinds and which period are shared; what is left out stays as it is in the workbook."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.summary.period_fields import PeriodFields
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.exchange.share_scope import Scope
from sanyou_desktop.model.kinds import KINDS, REPORTED
from sanyou_desktop.model.periods import Period
from sanyou_desktop.wording import _

_WIDTH = 560
_ABREAST = 3


class ScopeDialog(QDialog):
    """Accepted with another ``scope``."""

    def __init__(self, parent: QWidget, scope: Scope) -> None:
        """Show ``scope``."""
        super().__init__(parent)
        self.scope = scope
        self.setWindowTitle(_("共享哪些记录"))
        self.kinds = {kind: QCheckBox(_(KINDS[kind].title)) for kind in REPORTED}
        for kind, box in self.kinds.items():
            box.setChecked(kind in scope.kinds)
            box.toggled.connect(self._show_lack)
        self.lack = text_label(_("至少选一类"), "error")
        self.period = PeriodFields(date.today(), _("起止都留空则不限时间"))
        self.period.choose(Period())
        self.period.first.set_raw(scope.first)
        self.period.last.set_raw(scope.last)
        self.take = button(_("确定"), self.accept, role="primary", icon_name="check")
        self.take.setDefault(True)
        self._lay_out()
        self._show_lack()
        self.resize(_WIDTH, self.sizeHint().height())

    def _lay_out(self) -> None:
        told = _("范围之外的行在共享表格里保持原样。有密级的记录任何时候都不共享。")
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(SPACE_4)
        boxes.setVerticalSpacing(SPACE_2)
        for place, box in enumerate(self.kinds.values()):
            boxes.addWidget(box, place // _ABREAST, place % _ABREAST)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for part in (spacer(), button(_("取消"), self.reject), self.take):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(told, "muted", wrap=True))
        column.addWidget(text_label(_("类别"), "caption"))
        column.addLayout(boxes)
        column.addWidget(self.lack)
        column.addSpacing(SPACE_2)
        column.addWidget(self.period)
        column.addStretch()
        column.addLayout(foot)

    def accept(self) -> None:
        """Take what is shown, unless a date cannot be read, which is said beside it."""
        period = self.period.period()
        if period is not None:
            self.scope = Scope(self._chosen(), *period)
            super().accept()

    def _chosen(self) -> tuple[str, ...]:
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _show_lack(self) -> None:
        chosen = bool(self._chosen())
        self.lack.setVisible(not chosen)
        self.take.setEnabled(chosen)


def scope_in_words(scope: Scope) -> str:
    """Return what is shared: its kinds and its period."""
    every = scope.kinds == REPORTED
    kinds = _("、").join(_(KINDS[kind].title) for kind in scope.kinds)
    period = Period.between(scope.first, scope.last).in_words()
    return f"{_('全部类别') if every else kinds}{_('，')}{period}"
