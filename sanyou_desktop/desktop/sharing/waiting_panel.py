"""What the card says while the shared workbook cannot be written: who has it, and what is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from sanyou_desktop.desktop.sharing.queue import EVERY_SECONDS, Waiting
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import ICON, SPACE_1, SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.button_row import button_row
from sanyou_desktop.wording import _


class WaitingPanel(QFrame):
    """Hidden unless an update waits."""

    def __init__(self, try_now: Callable[[], None], stop: Callable[[], None]) -> None:
        """Have the next try made at once, or none any more."""
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        mark = QLabel()
        mark.setPixmap(icon("clock", "warn").pixmap(ICON, ICON))
        self.who = text_label("", wrap=True)
        self.when = text_label("", "muted", wrap=True)
        self.hint = text_label("", "muted", wrap=True)
        self.try_button = button(_("立即再试"), try_now, icon_name="refresh-cw")
        self.stop_button = button(_("不再等候"), stop, icon_name="x")
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        for label in (self.who, self.when, self.hint):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        words.addSpacing(SPACE_1)
        words.addLayout(button_row(self.stop_button, self.try_button))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_3)
        row.setSpacing(SPACE_2)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    def show_waiting(self, waiting: Waiting | None) -> None:
        """Say who has the workbook, since when it is waited for and when it is tried next."""
        self.setVisible(waiting is not None)
        if waiting is None:
            return
        self.who.setText(_who(waiting))
        self.when.setText(_when(waiting))
        self.hint.setText(_hint(waiting))
        # It is over in a moment, unless the workbook is free.
        self.try_button.setEnabled(waiting.again is not None)
        self.setAccessibleName(self.who.text())


def _who(waiting: Waiting) -> str:
    if waiting.who:
        words = _("{name} 正被{who}占用，本单位的更新已排队，等对方关闭后自动写入。")
        return words.format(name=waiting.path.name, who=waiting.who)
    words = _("{name} 暂时写不进，本单位的更新已排队，能写入时自动写入。")
    return words.format(name=waiting.path.name)


def _when(waiting: Waiting) -> str:
    since = _clock(waiting.since)
    if waiting.again is None:
        return _("{since} 开始等候，正在再试……").format(since=since)
    words = _("{since} 开始等候，每 {seconds} 秒试一次，下次 {again}。")
    return words.format(since=since, seconds=EVERY_SECONDS, again=f"{waiting.again:%H:%M:%S}")


def _hint(waiting: Waiting) -> str:
    stays = _("写入的是届时台账里的内容。离开本页不影响等候；关闭窗口后，下次打开这本台账时继续。")
    if waiting.owner:
        words = _("如果确定没有人打开，请删除旁边的 {owner}。")
        return words.format(owner=waiting.owner) + "\n" + stays
    return stays if waiting.who or not waiting.reason else f"{waiting.reason}\n{stays}"


def _clock(moment: datetime) -> str:
    if moment.date() == datetime.now().date():
        return f"{moment:%H:%M}"
    return _("{month}月{day}日 {time}").format(
        month=moment.month, day=moment.day, time=f"{moment:%H:%M}"
    )
