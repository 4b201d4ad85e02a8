"""The lines of 今日: headings, matters and what is left out, drawn rather than built of widgets.

A long day has some eighty lines; as widgets they would hold the event loop for longer than a
frame each time anything changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from sanyou_desktop.desktop.pages.today_board import (
    RECENT,
    TITLES,
    Board,
    is_shown_here,
    urgency,
    whose,
)
from sanyou_desktop.desktop.pages.today_delegate import LINE_ROLE, LineDelegate, Look
from sanyou_desktop.model.agenda import Matter
from sanyou_desktop.wording import _

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """One line: a heading, a matter, or how many more there are.

    Attributes:
        section: the section it belongs to.
        matter: of a matter's line, else None.
        look: what is drawn.
        is_more_here: it stands for more that the page itself can show.
    """

    section: str
    look: Look
    matter: Matter | None = None
    is_more_here: bool = False

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same line on another board.

        A matter stands once in the sections, and goes on from one to the next; it may stand a
        second time among what was changed last.
        """
        if self.matter is None or self.section == RECENT:
            return self.section, self.matter.id if self.matter else ""
        return "", self.matter.id

    @property
    def is_more(self) -> bool:
        """Tell whether it leads to the rest of its section."""
        return self.matter is None and not self.look.is_heading


def lines_of(board: Board) -> list[Line]:
    """Return the lines of a board, section by section, what was changed last at the end."""
    found = []
    for section in board.sections:
        title = _(TITLES[section.key][1])
        found.append(Line(section.key, Look(title, count=section.total, is_heading=True)))
        for matter in section.matters:
            chip = urgency(section.key, matter, board.day)
            look = Look(
                matter.title, chip.title, chip.tone, whose(matter, board.names), matter.number
            )
            found.append(Line(section.key, look, matter))
        if section.more:
            here = is_shown_here(section)
            text = _("还有 {count:,} 件，全部列出") if here else _("还有 {count:,} 件，到列表查看")
            look = Look(text.format(count=section.more))
            found.append(Line(section.key, look, is_more_here=here))
    if board.recent:
        found.append(Line(RECENT, Look(_(TITLES[RECENT][1]), is_heading=True)))
    for matter, when in board.recent:
        look = Look(matter.title, when, "", whose(matter, {}), matter.number)
        found.append(Line(RECENT, look, matter))
    return found


class LinesModel(QAbstractListModel):
    """The lines; headings cannot be selected, and the keys pass them over."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a line can be selected."""
        if self.lines[index.row()].look.is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is drawn, read aloud or shown under the mouse."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line.look
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.look.in_words()
        if role == Qt.ItemDataRole.ToolTipRole and line.matter is not None:
            return line.look.text
        return None


class LinesView(QListView):
    """Shows the lines; Enter, a double click or the menu key go on from there.

    Signals:
        opened: the ``Line`` that the user wants to see, a matter or the rest of a section.
        menu_wanted: a place on the screen for a menu on the selected lines.
    """

    opened = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setProperty("role", "lines")
        self.lines = LinesModel()
        self._is_chosen = False
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(self))
        self.setAccessibleName(_("要办的事"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at))
        )
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._clicked)

    def show_board(self, board: Board) -> None:
        """Show a board; what is selected, current and in view stays, as far as it is still there.

        Where the current matter is gone, the keys go on with the one that came into its place.
        Until the user goes to a line, the first one is current, whatever it is by now.
        """
        kept, row = self.line() if self._is_chosen else None, self.currentIndex().row()
        selected = {line.identity for line in self.selected()} if kept else set()
        scrolled, was_at = self.verticalScrollBar().value(), self._top()
        self.lines.show_lines(lines_of(board))
        self._make_current(kept, row)
        self._select(selected, is_first=kept is None)
        self.verticalScrollBar().setValue(scrolled)
        line = self.line()
        is_same = kept is not None and line is not None and line.identity == kept.identity
        if is_same and 0 <= was_at < self.viewport().height():
            # Lines that came or went above do not move it on the screen.
            self.verticalScrollBar().setValue(scrolled + self._top() - was_at)

    def _make_current(self, kept: Line | None, row: int) -> None:
        lines = self.lines.lines
        places = [place for place, line in enumerate(lines) if not line.look.is_heading]
        same = [place for place in places if kept and lines[place].identity == kept.identity]
        after = [place for place in places if kept and place >= row]
        wanted = same[:1] or after[:1] or (places[-1:] if kept else places[:1])
        if wanted:
            self.setCurrentIndex(self.lines.index(wanted[0]))

    def _select(self, wanted: set[tuple[str, str]], *, is_first: bool) -> None:
        chosen = QItemSelection()
        for row, line in enumerate(self.lines.lines):
            if line.identity in wanted and not line.look.is_heading:
                chosen.select(self.lines.index(row), self.lines.index(row))
        # Else the current line is selected already: at first, and where all others are gone.
        if not chosen.isEmpty() or not (wanted or is_first):
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _top(self) -> int:
        return self.visualRect(self.currentIndex()).top()

    def go_to_section(self, key: str) -> None:
        """Show a section from its heading on, with its first line current."""
        rows = [row for row, line in enumerate(self.lines.lines) if line.section == key]
        if len(rows) > 1:
            self._is_chosen = True
            self.setCurrentIndex(self.lines.index(rows[1]))
            self.scrollTo(self.lines.index(rows[0]), QListView.ScrollHint.PositionAtTop)
            self.setFocus()

    def line(self) -> Line | None:
        """Return the current line, None in an empty list."""
        index = self.currentIndex()
        return self.lines.lines[index.row()] if index.isValid() else None

    def selected(self) -> list[Line]:
        """Return the selected lines, from above."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.lines.lines[row] for row in rows]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is pressed."""
        self._is_chosen = True
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current line with Enter."""
        self._is_chosen = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.lines.lines[index.row()])

    def _clicked(self, index: QModelIndex) -> None:
        # What is left out reads as a link.
        if self.lines.lines[index.row()].is_more:
            self._open(index)
