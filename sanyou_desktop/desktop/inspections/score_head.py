"""The score as it stands, above the list that is being judged."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

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
    """Shows an ``Outcome`` in large figures, the unit's own score beside the verified one."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
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
            row.addLayout(column)
        row.addStretch()
        row.addWidget(self.state)

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
