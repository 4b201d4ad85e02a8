"""The score as it stands, above the list that is being judged."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_3, SPACE_4, SPACE_8
from sanyou_desktop.desktop.widgets.chip import StatusChip
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.scoring import Outcome
from sanyou_desktop.wording import N_, _

_FIGURES = (
    ("points", N_("得分")),
    ("rate", N_("得分率")),
    ("converted", N_("折算得分")),
    ("self", N_("自评分")),
    ("failed", N_("不合格")),
    ("judged", N_("已判定")),
)
_NOTHING = "—"


class ScoreHead(QFrame):
    """Shows an ``Outcome`` in large figures, the unit's own score beside the verified one.

    Signals:
        self_score_typed: what was typed for the unit's own score, as it was typed.
        left: typing it has ended, one way or the other.
    """

    self_score_typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.typing = QLineEdit()
        self.typing.setAccessibleName(_("自评分"))
        self.typing.setMaximumWidth(self.typing.fontMetrics().horizontalAdvance("0") * 12)
        self.typing.hide()
        self.typing.installEventFilter(self)
        self.setProperty("role", "card")
        self.figures: dict[str, QLabel] = {}
        self.state = StatusChip()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        row.setSpacing(SPACE_8)
        for key, title in _FIGURES:
            column = QVBoxLayout()
            column.setSpacing(SPACE_1)
            column.addWidget(text_label(_(title), "caption"))
            self.figures[key] = text_label(_NOTHING, "page")
            self.figures[key].setAccessibleName(_(title))
            column.addWidget(self.figures[key])
            if key == "self":
                column.addWidget(self.typing)
            row.addLayout(column)
        row.addStretch()
        row.addWidget(self.state)

    def type_self_score(self, now: Decimal | None) -> None:
        """Let the unit's own score be typed where it stands: Enter takes it, Esc does not."""
        self.typing.setText("" if now is None else plain(now))
        self.figures["self"].hide()
        self.typing.show()
        self.typing.setFocus()
        self.typing.selectAll()

    def take_typed(self) -> None:
        """Take what is being typed, if anything is."""
        if not self.typing.isHidden():
            self._end_typing()
            self.self_score_typed.emit(self.typing.text())
            self.left.emit()

    def _end_typing(self) -> None:
        self.typing.hide()
        self.figures["self"].show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End typing by Enter or Esc, neither of which is then the dialog's, or by going away."""
        if watched is self.typing and not self.typing.isHidden():
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self.take_typed()
                    return True
                if event.key() == Qt.Key.Key_Escape:
                    self._end_typing()
                    self.left.emit()
                    return True
            elif isinstance(event, QFocusEvent) and _goes_away(event):
                self.take_typed()
        return super().eventFilter(watched, event)

    def show_outcome(self, found: Outcome, self_score: Decimal | None, count: int) -> None:
        """Show the score of ``count`` items."""
        rate = _NOTHING if found.rate is None else f"{plain(found.rate)}%"
        self._show("points", _of(found.points, found.base))
        self._show("rate", rate)
        self._show("converted", _of(found.converted, found.full))
        self._show("self", _beside(self_score, found if found.judged == count else None))
        self._show("failed", _("{count} 项").format(count=found.failed))
        self._show("judged", _("{done} / {count}").format(done=found.judged, count=count))
        self._show_state(found, count)

    def _show(self, key: str, text: str) -> None:
        if self.figures[key].text() != text:
            self.figures[key].setText(text)

    def _show_state(self, found: Outcome, count: int) -> None:
        if found.vetoed:
            told = (_("一票否决：整体不合格"), "bad")
        elif found.judged < count:
            told = (_("还有 {count} 项未判定").format(count=count - found.judged), "warn")
        else:
            told = (_("全部已判定"), "good")
        if self.state.text != told[0]:
            self.state.show_status(*told)


def _goes_away(event: QFocusEvent) -> bool:
    """Tell whether another part gets the keys; the menu to paste from gives them back."""
    return event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason


def _of(points: Decimal | None, base: Decimal) -> str:
    if points is None or not base:
        return _NOTHING
    return _("{points} / {base}").format(points=plain(points), base=plain(base))


def _beside(self_score: Decimal | None, found: Outcome | None) -> str:
    """Return the unit's own score and, once all is judged, how far the verified one is from it."""
    if self_score is None:
        return _("未填")
    if found is None or found.converted is None:
        return plain(self_score)
    apart = found.converted - self_score
    if not apart:
        return _("{score}（一致）").format(score=plain(self_score))
    sign = "+" if apart > 0 else "−"
    return _("{score}（核定 {apart}）").format(
        score=plain(self_score), apart=sign + plain(abs(apart))
    )
