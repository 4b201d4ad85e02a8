"""The list itself: rows of a query, what is selected by id, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from sanyou_desktop.desktop.lists.columns import is_sortable, sorts_newest_first
from sanyou_desktop.desktop.lists.copying import put_on_clipboard
from sanyou_desktop.desktop.lists.header import ListHeader
from sanyou_desktop.desktop.lists.record_table import RecordTable
from sanyou_desktop.desktop.lists.selected import as_sheet_cells, ids_of
from sanyou_desktop.desktop.lists.table_model import RecordTableModel
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.changes import Changes

if TYPE_CHECKING:
    from sanyou_desktop.desktop.widgets.empty_state import EmptyState

# More selected rows than this are not followed through a change of the list one by one.
_FOLLOWED = 500


class RecordList(QStackedWidget):
    """The rows of one kind.

    Signals:
        picked: the id of the one record that the user moved to.
        opened: the same, and the user wants to work on it (Enter, double click).
        selection_changed: how many rows are selected.
        counted: how many records the query selects.
        arranged: sort, columns or widths were changed by the user.
        new_wanted, clear_wanted: the button of the empty list was pressed.
    """

    picked = Signal(str)
    opened = Signal(str)
    selection_changed = Signal(int)
    counted = Signal(int)
    arranged = Signal()
    new_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, kind: str, session: Session, parent: QWidget | None = None) -> None:
        """Start with nothing read, until ``show_query``."""
        super().__init__(parent)
        self.kind = kind
        self._session = session
        self.model = RecordTableModel(kind, session.jobs, self)
        self.table = RecordTable(self.model)
        self.is_filtered = False
        self.is_current_listed = False
        # The form's record; where the keyboard is differs from it while several are selected.
        self._current = ""
        # Other ways to begin than a blank record, offered where there is none.
        self.beginnings: Sequence[tuple[str, Callable[[], None]]] = ()
        self._focused = ""
        self._selected: tuple[str, ...] = ()
        self._asked_for: tuple[str, ...] = ()
        self._all_selected = False
        self._wanted_row: int | None = None
        self._scroll_to_current = False
        self._is_stale = False
        self._is_arranging = False
        self.addWidget(self.table)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._connect()

    def _connect(self) -> None:
        self._settle.timeout.connect(self._settled)
        self.model.arrived.connect(self._arrived)
        self.model.counted.connect(self._placed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._settle.start())
        self.table.open_wanted.connect(self.open_current)
        self.table.copy_wanted.connect(self.copy_selected)
        self.table.widths_changed.connect(self.arranged)
        self.header.sectionClicked.connect(self._sort_by_section)
        self.header.sectionMoved.connect(lambda *_: self.arranged.emit())
        self._session.operations.changed.connect(self._on_changed)

    @property
    def header(self) -> ListHeader:
        """The table's header."""
        return self.table.header

    @cached_property
    def no_record(self) -> EmptyState:
        """What an empty list says; most lists are not."""
        from sanyou_desktop.desktop.lists.nothing import no_record_yet

        face = no_record_yet(self.kind, read_only=self._session.read_only)
        face.acted.connect(self.new_wanted)
        for text, begin in self.beginnings:
            face.add_action(text, begin)
        self.addWidget(face)
        return face

    @cached_property
    def not_found(self) -> EmptyState:
        """What a list says when nothing was found."""
        from sanyou_desktop.desktop.lists.nothing import nothing_found

        face = nothing_found()
        face.acted.connect(self.clear_wanted)
        self.addWidget(face)
        return face

    # What is shown

    def show_query(self, query: Query, columns: Sequence[str]) -> None:
        """Show the records that ``query`` selects; the current one stays current if it is in."""
        self.is_filtered = bool(query.text or query.filters)
        self._all_selected = False
        self._asked_for = self._followed()
        self.model.show_query(query, columns, self._asked_for)

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show other columns of the same records."""
        self._scroll_to_current = self._is_arranging = True
        self.show_query(self.model.query, columns)

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Put the records in another order; the current one stays in sight."""
        self._scroll_to_current = self._is_arranging = True
        self.show_query(
            replace(self.model.query, sort=key, descending=descending), self.header.visual_columns()
        )

    def _sort_by_section(self, section: int) -> None:
        key, field = self.model.columns[section], self.model.field(section)
        if not is_sortable(field):
            self._show_order()
            return
        query = self.model.query
        falls = not query.descending if key == query.sort else sorts_newest_first(field)
        self.sort_by(key, descending=falls)

    def _show_order(self) -> None:
        query, columns = self.model.query, self.model.columns
        shown = query.sort in columns
        self.header.setSortIndicatorShown(shown)
        if shown:
            order = (
                Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
            )
            self.header.setSortIndicator(columns.index(query.sort), order)

    def _arrived(self) -> None:
        self.header.straighten()
        self.table.fit()
        self._show_order()
        self.table.scrollToTop()
        self._choose_face()
        # The whole answer follows; what is in the first rows need not wait for it.
        if self._is_arranging:
            self._is_arranging = False
            self.arranged.emit()
        rows = self._in_memory()
        if rows:
            self._select(rows)

    def _choose_face(self) -> None:
        if self.model.rowCount():
            face: QWidget = self.table
        else:
            face = self.not_found if self.is_filtered else self.no_record
        self.setCurrentWidget(face)

    # Following records through changes

    def _on_changed(self, changes: Changes) -> None:
        if not changes.touches(self.kind):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the list was hidden."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Read again what is on screen."""
        self._is_stale = False
        if self.model.columns:
            self._asked_for = self._followed()
            self.model.refresh(self._asked_for)

    def _in_memory(self) -> dict[str, int]:
        rows = {key: self.model.row_of(key) for key in self._followed()}
        return {key: row for key, row in rows.items() if row is not None}

    def _followed(self) -> tuple[str, ...]:
        wanted = (self._current, self._focused, *self._selected)
        return tuple(dict.fromkeys(key for key in wanted if key))

    def _placed(self, rows: dict[str, int]) -> None:
        """Select the followed records where they are now, and say how many there are."""
        self._choose_face()
        # The user may have moved on since it was asked where records are.
        rows = self._in_memory() | rows
        if not set(self._followed()) <= {*rows, *self._asked_for}:
            self.model.find(self._followed(), self._select)
        if self._all_selected and self.model.rowCount():
            self.table.select_rows([], None)
            self.table.selectAll()
        elif self._wanted_row is not None and self._current not in rows:
            self._select_neighbour()
        else:
            self._select(rows)
        self._wanted_row = None
        self._settle.start()
        self.counted.emit(self.model.rowCount())

    def _select(self, rows: dict[str, int]) -> None:
        at = rows.get(self._current)
        self.is_current_listed = at is not None
        wanted = [rows[key] for key in self._selected if key in rows]
        if at is not None and not wanted:
            wanted = [at]
        self.table.select_rows(wanted, rows.get(self._focused, at))
        if at is not None and self._scroll_to_current and self.model.is_counted:
            self.table.scrollTo(self.model.index(at, 0))
            self._scroll_to_current = False

    def _select_neighbour(self) -> None:
        row = min(self._wanted_row or 0, self.model.rowCount() - 1)
        self._current, self._focused, self._selected = "", "", ()
        self.table.select_rows([row] if row >= 0 else [], row if row >= 0 else None)

    def _settled(self) -> None:
        """Tell what the user selected, after all of the gesture is over."""
        ranges = self.table.selected_ranges()
        count = sum(length for _first, length in ranges)
        self._all_selected = count > 1 and count == self.model.rowCount()
        rows = chain.from_iterable(range(first, first + length) for first, length in ranges)
        ids = tuple(self.model.id_at(row) for row in islice(rows, _FOLLOWED))
        self._selected = ids if count <= _FOLLOWED and all(ids) else ()
        self._focused = self.model.id_at(self.table.currentIndex().row())
        self.selection_changed.emit(count)
        if count == 1 and ids[0] and ids[0] != self._current:
            self._current = ids[0]
            self.picked.emit(ids[0])
        elif count == 1 and not ids[0]:
            # The row is still being read; its page will be here in a moment.
            self._settle.start(30)

    # What others ask of it

    @property
    def current_id(self) -> str:
        """The record that the form shows or is about to show."""
        return self._current

    @property
    def total(self) -> int:
        """How many records the query selects."""
        return self.model.rowCount()

    def go_to(self, record_id: str, *, scroll: bool = True) -> None:
        """Make a record current without ``picked``; "" for none."""
        self._current = self._focused = record_id
        self._selected = (record_id,) if record_id else ()
        self._all_selected = False
        self._scroll_to_current = scroll
        if not record_id:
            self.table.select_rows([], None)
        elif (row := self.model.row_of(record_id)) is not None:
            self._select({record_id: row})
        else:
            self.model.find((record_id,), self._select)

    def step(self, by: int) -> None:
        """Move to the next (1) or previous (-1) record."""
        at = self.table.currentIndex().row()
        row = at + by if at >= 0 else 0
        if 0 <= row < self.model.rowCount():
            self.table.select_rows([row], row)
            self.table.scrollTo(self.model.index(row, 0))

    def select_first(self) -> None:
        """Move to the first record, if there is one."""
        if self.model.rowCount():
            self.table.select_rows([0], 0)

    def stay_near(self) -> None:
        """After the next change move to a neighbour if the current record is gone."""
        ranges = self.table.selected_ranges()
        self._wanted_row = ranges[0][0] if ranges else 0
        self._all_selected = False

    def selected_ids(self, done: Callable[[list[str]], None]) -> None:
        """Hand the ids of all selected records to ``done``, also of those never on screen."""
        ranges = self.table.selected_ranges()
        query = self.model.query
        if self._selected and not self._all_selected:
            done(list(self._selected))
            return
        self._session.jobs.read(
            lambda ledger: ids_of(ledger, self.kind, query, ranges), done, owner=self
        )

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard, as a spreadsheet takes them.

        Those with a mark of secrecy go along only after a question, and are noted in the log.
        """
        ranges, query = self.table.selected_ranges(), self.model.query
        columns = self.header.visual_columns()
        if ranges:
            self._session.jobs.read(
                lambda ledger: as_sheet_cells(ledger, self.kind, query, ranges, columns),
                lambda copied: put_on_clipboard(self, self._session, self.kind, copied),
                owner=self,
            )

    def open_current(self) -> None:
        """Work on the current record."""
        row = self.table.currentIndex().row()
        record_id = self.model.id_at(row) if row >= 0 else ""
        if record_id:
            self.opened.emit(record_id)
