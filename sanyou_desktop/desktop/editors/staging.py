"""The line below a chosen file: what it shows and, for a photo of a finding, when it was taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from sanyou_desktop.desktop.editors.attached_file import is_picture
from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.record import STAGES
from sanyou_desktop.wording import _


@dataclass(frozen=True)
class Staging:
    """How the photos of a record are paired.

    Attributes:
        rounds: the rounds that a photo may belong to, as (row key, label); none are not offered.
        usual: the stage and the round of a photo that is added now, each "" for none.
    """

    rounds: Callable[[], Sequence[tuple[str, str]]]
    usual: Callable[[], tuple[str, str]]

    def label(self, raw: dict[str, Json]) -> str:
        """Return 整改后 · 第 1 轮 for an attachment's row, "" for one without a stage."""
        stage = next((_(one.title) for one in STAGES if one.value == raw.get("stage")), "")
        number = next((label for key, label in self.rounds() if key == raw.get("round")), "")
        return " · ".join(filter(None, (stage, number if stage else "")))


class FileDetails(QWidget):
    """Edits caption, stage and round of one attachment's row; hidden while none is shown."""

    changed = Signal(dict)

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.staging: Staging | None = None
        self.stage, self.round = CalmComboBox(), CalmComboBox()
        self.caption = QLineEdit()
        self.stage.setAccessibleName(_("阶段"))
        self.round.setAccessibleName(_("对应整改轮次"))
        self.caption.setAccessibleName(_("说明"))
        self.caption.setPlaceholderText(_("说明：拍的是哪里、什么情况"))
        self.caption.setMaxLength(500)
        self.stage.addItem(_("不分阶段"), "")
        for option in STAGES:
            self.stage.addItem(_(option.title), option.value)
        self.stage.activated.connect(lambda _index: self._changed())
        self.round.activated.connect(lambda _index: self._changed())
        self.caption.textEdited.connect(lambda _text: self._changed())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.stage)
        row.addWidget(self.round)
        row.addWidget(self.caption, 1)
        self.hide()

    def show_row(self, raw: dict[str, Json] | None) -> None:
        """Show what a row says; None hides the line."""
        self.setVisible(raw is not None)
        if raw is None:
            return
        staged = self.staging is not None and is_picture(raw)
        rounds = self.staging.rounds() if self.staging is not None and staged else ()
        self.stage.setVisible(staged)
        self.round.setVisible(bool(rounds))
        self.round.clear()
        self.round.addItem(_("不分轮次"), "")
        for key, label in rounds:
            self.round.addItem(label, key)
        _choose(self.stage, raw.get("stage"))
        _choose(self.round, raw.get("round"))
        self.round.setEnabled(bool(raw.get("stage")))
        caption = str(raw.get("caption") or "")
        if self.caption.text() != caption:
            self.caption.setText(caption)

    def _changed(self) -> None:
        told: dict[str, Json] = {"caption": self.caption.text()}
        if not self.stage.isHidden():
            stage = str(self.stage.currentData())
            told["stage"] = stage
            self.round.setEnabled(bool(stage))
            if not self.round.isHidden() or not stage:
                told["round"] = str(self.round.currentData()) if stage else ""
        self.changed.emit(told)


def _choose(combo: QComboBox, value: Json) -> None:
    combo.setCurrentIndex(max(combo.findData(str(value or "")), 0))
