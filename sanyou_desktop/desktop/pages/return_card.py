"""The card of 上报 that takes in what the superior sent back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.submissions.taking_back import Tell, take_back
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.wording import _


class ReturnCard(Card):
    """A line of what it is for, and the button."""

    def __init__(self, session: Session, tell: Tell) -> None:
        """Tell how it went by ``tell``."""
        super().__init__(_("上级退回意见"))
        line = _(
            "上级退回上报时发来的退回意见文件，导入后每条意见成为一个待整改的问题，"
            "照常整改、复查、回音；改好后重新导出上报工作簿。"
        )
        self.column.addWidget(text_label(line, "muted", wrap=True))
        self.take = button(
            _("导入退回意见…"), lambda: take_back(self, session, tell), icon_name="inbox"
        )
        self.take.setEnabled(not session.read_only)
        self.column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignRight)
