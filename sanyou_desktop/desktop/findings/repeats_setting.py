"""Within how many days a finding counts as repeated: kept in the ledger, chosen in 设置."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.ledger.repeat_window import keep_repeat_days, repeat_days_of
from sanyou_desktop.model.repeats import REPEAT_CHOICES
from sanyou_desktop.wording import _


class WindowBox(CalmComboBox):
    """Chooses the days; ``show_kept`` reads what the ledger keeps."""

    def __init__(self, session: Session, kept: Callable[[], object] = lambda: None) -> None:
        """Offer the windows; ``kept`` is called once another was chosen and is in the ledger."""
        super().__init__()
        self._session, self._kept = session, kept
        self.setAccessibleName(_("重复问题的时间范围"))
        for days in REPEAT_CHOICES:
            self.addItem(_("近 {days} 天").format(days=days), days)
        self.setEnabled(not session.read_only)
        self.activated.connect(lambda _index: self._keep())

    def show_days(self, days: int) -> None:
        """Show a choice that was made."""
        self.setCurrentIndex(max(self.findData(days), 0))

    def show_kept(self, owner: QObject) -> None:
        """Show what the ledger keeps."""
        self._session.jobs.read(repeat_days_of, self.show_days, owner=owner)

    def _keep(self) -> None:
        days = int(self.currentData())
        self._session.jobs.write(
            lambda ledger: keep_repeat_days(ledger, days),
            lambda _nothing: self._kept(),
            owner=self,
        )


class FindingsCard(Card):
    """What is set for findings, on the page of settings."""

    def __init__(self, session: Session) -> None:
        """Show nothing before it is seen."""
        super().__init__(_("问题整改"))
        self.window_box = WindowBox(session)
        row = QHBoxLayout()
        row.addWidget(LabelledField(_("重复问题的时间范围"), self.window_box))
        row.addStretch()
        self.column.addLayout(row)
        help_text = _(
            "同一检查项目或同名问题，在同一地点或同一部门、这段时间内再次出现，算重复问题；"
            "登记问题时的提示、指标和上报的统计都按这个范围。"
        )
        self.column.addWidget(text_label(help_text, "caption", wrap=True))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what the ledger keeps; it may have been chosen in a form meanwhile."""
        super().showEvent(event)
        self.window_box.show_kept(self)
