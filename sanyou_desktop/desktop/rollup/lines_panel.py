"""A preview as one widget: states as chips, the lines of the state chosen, and one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.rollup.lines import MINE, THEIRS, Key, Line, Words, title_of
from sanyou_desktop.desktop.rollup.lines_view import LinesTable
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.wording import _

_DETAIL_LINES = 4


class LinesPanel(QWidget):
    """Shows what would happen, a line each, by state; conflicts are decided by two buttons.

    Signals:
        current_changed: another line is current, the ``Line`` or None.
    """

    current_changed = Signal(object)

    def __init__(self, words: Words) -> None:
        """Show no line yet."""
        super().__init__()
        self.lines: list[Line] = []
        self._conflicts: set[Key] = set()
        self._state = ""
        self.states = QButtonGroup(self)
        self.chips = QWidget()
        self._chip_line = FlowLayout(self.chips)
        self.table = LinesTable(words)
        self.detail = text_label("", "muted", wrap=True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        in_full = QHBoxLayout()
        in_full.setSpacing(SPACE_2)
        in_full.addWidget(_scrolling(self.detail), 1)
        self.keep = button(f"{_(words.sides[MINE])} (1)", lambda: self.table.choose(MINE))
        self.adopt = button(f"{_(words.sides[THEIRS])} (2)", lambda: self.table.choose(THEIRS))
        for part in (self.keep, self.adopt):
            in_full.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        column.addLayout(in_full)
        self.table.selectionModel().currentRowChanged.connect(self._tell)

    @property
    def current(self) -> Line | None:
        """The line that is current, None if none is."""
        index = self.table.currentIndex()
        return self.table.lines.lines[index.row()] if index.isValid() else None

    @property
    def undecided(self) -> int:
        """How many conflicts nobody has decided."""
        return len(self._conflicts - self.table.lines.choices.keys())

    def show_lines(self, lines: Sequence[Line], counts: Mapping[str, int]) -> None:
        """Show other lines, all of them; ``counts`` are how many there are of each state."""
        self._hold(list(lines))
        self.show_counts(counts)
        self.show_state("")

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many lines there are of each state; the state that is shown stays."""
        while (item := self._chip_line.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                self.states.removeButton(chip)  # type: ignore[arg-type]  # only buttons are there
                chip.hide()
                chip.setParent(None)
                chip.deleteLater()
        total = _("全部 {count}").format(count=f"{sum(counts.values()):,}")
        told = [("", total)]
        told += [(key, f"{title_of(key)} {count:,}") for key, count in counts.items()]
        if self._state not in counts:
            self._state = ""
        for key, words in told:
            made = button(words, partial(self.show_state, key), role="chip")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setChecked(key == self._state)
            self.states.addButton(made)
            self._chip_line.addWidget(made)

    def show_state(self, state: str) -> None:
        """Show the lines of one state, "" for all."""
        self._state = state
        lines = [line for line in self.lines if not state or line.state == state]
        self.table.lines.show_lines(lines)
        if lines:
            self.table.go_to(0)
        self._tell()

    def replace_lines(self, of: set[tuple[str, int]], by: Sequence[Line]) -> None:
        """Show other lines in place of those of some rows, whatever state they are in now.

        Where a line was current, one of the same row is.
        """
        current = self.current
        self._hold(_replaced(self.lines, of, by))
        shown = _replaced(self.table.lines.lines, of, by)
        self.table.lines.show_lines(shown)
        row = current.row if current else None
        at = next((place for place, one in enumerate(shown) if one.row and one.row == row), 0)
        if shown:
            self.table.go_to(at)
        self._tell()

    def _hold(self, lines: list[Line]) -> None:
        self.lines = lines
        self._conflicts = {line.key for line in lines if line.key is not None}

    def go_to_next(self, state: str) -> bool:
        """Make the next line of a state current, from the current one on and round; tell if any."""
        shown = self.table.lines.lines
        first = self.table.currentIndex().row()
        for step in range(len(shown)):
            at = (first + step) % len(shown)
            if shown[at].state == state:
                self.table.go_to(at)
                return True
        return False

    def _tell(self, _now: QModelIndex | None = None, _old: QModelIndex | None = None) -> None:
        line = self.current
        self.detail.setText("\n".join(filter(None, (line.place, line.whole))) if line else "")
        for made in (self.keep, self.adopt):
            made.setVisible(bool(self._conflicts))
            made.setEnabled(line is not None and line.key is not None)
        self.current_changed.emit(line)


def _scrolling(label: QLabel) -> QScrollArea:
    """Return what shows some lines of a text of any length, so that nothing else moves."""
    made = QScrollArea()
    made.setWidget(label)
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setFixedHeight(_DETAIL_LINES * label.fontMetrics().lineSpacing() + SPACE_1)
    return made


def _replaced(lines: Sequence[Line], of: set[tuple[str, int]], by: Sequence[Line]) -> list[Line]:
    """Return the lines with those of each row where its first one stood."""
    left = set(of)
    found: list[Line] = []
    for line in lines:
        if line.row is None or line.row not in of:
            found.append(line)
        elif line.row in left:
            left.remove(line.row)
            found += [one for one in by if one.row == line.row]
    return found
