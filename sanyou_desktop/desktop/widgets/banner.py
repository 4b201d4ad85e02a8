"""A strip that tells what happened, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.desktop.theme.parts import icon_button
from sanyou_desktop.desktop.theme.tokens import ICON, SPACE_1, SPACE_2, SPACE_3
from sanyou_desktop.wording import _

_ICONS = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}
_TONES = {"info": "accent", "good": "good", "warn": "warn", "bad": "bad"}


class Banner(QFrame):
    """Shows one message at a time; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._icon = QLabel()
        self.text = QLabel(wordWrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = QPushButton()
        self.action.clicked.connect(self._act)
        self._close = icon_button("x", _("关闭提示"), self.hide)
        self._run: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_3, SPACE_1, SPACE_1, SPACE_1)
        row.setSpacing(SPACE_2)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)
        self.hide()

    def show_message(
        self,
        text: str,
        tone: str = "info",
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
        seconds: int = 0,
    ) -> None:
        """Show ``text`` in place of what was shown; after ``seconds``, if any, it leaves."""
        self.text.setText(text)
        self._icon.setPixmap(icon(_ICONS[tone], _TONES[tone]).pixmap(ICON, ICON))
        self._run = run
        self.action.setText(action)
        self.action.setVisible(bool(action))
        restyle(self, "tone", tone)
        self.setAccessibleName(text)
        self._timer.stop()
        if seconds:
            self._timer.start(seconds * 1000)
        self.show()

    def show_file(self, text: str, path: Path, tone: str = "good") -> None:
        """Tell of a file that was written, and offer to open its folder."""
        folder = QUrl.fromLocalFile(str(path.parent))
        self.show_message(
            text,
            tone,
            action=_("打开所在文件夹"),
            run=lambda: QDesktopServices.openUrl(folder),
        )

    def offers(self, run: Callable[[], object]) -> bool:
        """Tell whether the message in view has an action, and it is ``run``."""
        return not self.isHidden() and self._run == run

    def _act(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()
