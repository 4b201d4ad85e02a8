"""The dialog around the chooser: what it is for, what was refused, and the button that goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.schemes.chooser import SchemeChooser
from sanyou_desktop.desktop.schemes.offers import Offer
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_8
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 920, 600


@dataclass(frozen=True)
class Purpose:
    """What lists are chosen for: the dialog's title, a line of help, the words of its button."""

    title: str
    help: str
    go: str
    several: bool


class ChooseDialog(QDialog):
    """Has lists chosen; ``proceed`` is asked with them and says whether the dialog may close."""

    def __init__(
        self, parent: QWidget, purpose: Purpose, proceed: Callable[[list[Offer]], bool]
    ) -> None:
        """Lay out the dialog; the offers come from ``chooser.show_offers``."""
        super().__init__(parent)
        self._several, self._proceed = purpose.several, proceed
        self.setWindowTitle(purpose.title)
        self.banner = Banner()
        self.chooser = SchemeChooser(several=purpose.several)
        self.told = text_label("", "caption")
        self.go = button(purpose.go, self._go, role="primary")
        self.go.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for part in (self.told, spacer(), button(_("取消"), self.reject), self.go):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(purpose.help, "muted", wrap=True))
        column.addWidget(self.banner)
        column.addWidget(self.chooser, 1)
        column.addLayout(foot)
        room = parent.window().size()
        self.resize(min(_WIDTH, room.width() - SPACE_8), min(_HEIGHT, room.height() - SPACE_8))
        self.chooser.changed.connect(self._count)
        self.chooser.decided.connect(self._go)
        self.chooser.list.setFocus()
        self._count()

    def _count(self) -> None:
        chosen = len(self.chooser.chosen())
        self.go.setEnabled(chosen > 0)
        if self._several:
            self.told.setText(
                _("已选 {count} 个").format(count=chosen)
                if chosen
                else _("用空格键勾选，Ctrl+A 全选。")
            )

    def _go(self) -> None:
        chosen = self.chooser.chosen()
        if chosen and self._proceed(chosen):
            self.accept()


def open_dialog(
    parent: QWidget, purpose: Purpose, proceed: Callable[[list[Offer]], bool]
) -> ChooseDialog:
    """Open the dialog over ``parent``; it goes away by itself."""
    return show(ChooseDialog(parent, purpose, proceed))
