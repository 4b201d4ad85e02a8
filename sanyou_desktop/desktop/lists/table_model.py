"""The list of a kind for Qt: says how many rows there are, holds only those being looked at.

Everything is read in the background. While a page is on its way its cells show …; the answer to a
question that is no longer asked is dropped by its generation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from sanyou_desktop.desktop.jobs import Job, Jobs
from sanyou_desktop.desktop.lists.cells import Status, cell_text, remark_on, shown, status_of
from sanyou_desktop.desktop.lists.columns import NEEDED, alignment
from sanyou_desktop.desktop.lists.row_window import (
    PAGE,
    Page,
    RowWindow,
    positions,
    read_page,
    values_of,
)
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Line, Query
from sanyou_desktop.model.fields import Field
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
ID_ROLE = Qt.ItemDataRole.UserRole
STATUS_ROLE = Qt.ItemDataRole.UserRole + 1
REMARK_ROLE = Qt.ItemDataRole.UserRole + 2
LOADING = "…"
# A list is rarely higher than two pages; asking for more would only delay what is looked at.
_ASKED_AT_ONCE = 3


@dataclass(frozen=True)
class _Renewed:
    """The answer to a refresh: everything that is on screen, read in one go."""

    total: int
    pages: dict[int, Page]
    rows: dict[str, int]


class RecordTableModel(QAbstractTableModel):
    """A window on the records of one kind that a query selects.

    Signals:
        arrived: the first rows of a new query are in; how many there are is not yet known.
        counted: the number of rows is known; carries the row of each record asked about.
    """

    arrived = Signal()
    counted = Signal(object)

    def __init__(self, kind: str, jobs: Jobs, parent: QObject | None = None) -> None:
        """Start empty, until ``show_query``."""
        super().__init__(parent)
        self.kind = kind
        self.query = Query()
        self.columns: tuple[str, ...] = ()
        self.is_counted = False
        self._fetched: tuple[str, ...] = ()
        self._jobs = jobs
        self._fields = kind_of(kind).fields
        self._window = RowWindow()
        self._rows = 0
        self._generation = 0
        self._coming: tuple[Query, Sequence[str], Collection[str]] | None = None
        self._asked: list[int] = []
        self._pending: dict[int, Job] = {}
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask)

    # Asking the ledger

    def show_query(self, query: Query, columns: Sequence[str], ids: Collection[str] = ()) -> None:
        """Show what ``query`` selects; ``counted`` will tell the rows of ``ids``.

        The rows shown so far stay until the new ones are here, so that nothing flickers.
        """
        generation = self._next_generation()
        self._coming = (query, columns, ids)
        shown_columns, fetched = tuple(columns), _fetched(self.kind, columns)

        def first_page(ledger: Ledger) -> Page:
            return read_page(ledger, self.kind, query, fetched, 0)

        def take(page: Page) -> None:
            if generation != self._generation:
                return
            self._coming = None
            self.beginResetModel()
            self.query, self.columns, self._fetched = query, shown_columns, fetched
            self._window.replace({0: page})
            self._rows, self.is_counted = len(page.lines), False
            self.endResetModel()
            self.arrived.emit()
            self._count(generation, query, ids)

        self._read(first_page, take)

    def refresh(self, ids: Collection[str] = ()) -> None:
        """Read again what is on screen, after records changed; rows keep their places."""
        if self._coming is not None:
            query, columns, _ids = self._coming
            self.show_query(query, columns, ids)
            return
        generation = self._next_generation()
        query, fetched = self.query, self._fetched
        wanted = self._window.latest(_ASKED_AT_ONCE)

        def renewed(ledger: Ledger) -> _Renewed:
            pages = {
                number: read_page(ledger, self.kind, query, fetched, number)
                for number in reversed(wanted)
            }
            rows = positions(ledger, self.kind, query, ids)
            return _Renewed(ledger.count(self.kind, query), pages, rows)

        def take(answer: _Renewed) -> None:
            if generation != self._generation:
                return
            self._window.replace(answer.pages)
            self._set_rows(answer.total)
            if self._rows:
                last = self.index(self._rows - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            self.counted.emit(answer.rows)

        self._read(renewed, take)

    def find(self, ids: Collection[str], done: Callable[[dict[str, int]], None]) -> None:
        """Ask for the rows of records in the list as it is now."""
        generation, query = self._generation, self.query

        def take(rows: dict[str, int]) -> None:
            if generation == self._generation:
                done(rows)

        self._read(lambda ledger: positions(ledger, self.kind, query, ids), take)

    def _count(self, generation: int, query: Query, ids: Collection[str]) -> None:
        def counted(ledger: Ledger) -> tuple[int, dict[str, int]]:
            return ledger.count(self.kind, query), positions(ledger, self.kind, query, ids)

        def take(answer: tuple[int, dict[str, int]]) -> None:
            if generation == self._generation:
                self._set_rows(answer[0])
                self.counted.emit(answer[1])

        self._read(counted, take)

    def _set_rows(self, total: int) -> None:
        """Add or take rows at the end; which record a row shows is said by ``dataChanged``."""
        self.is_counted = True
        if total > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, total - 1)
            self._rows = total
            self.endInsertRows()
        elif total < self._rows:
            self.beginRemoveRows(QModelIndex(), total, self._rows - 1)
            self._rows = total
            self.endRemoveRows()

    def _next_generation(self) -> int:
        self._generation += 1
        self._asked.clear()
        for job in self._pending.values():
            job.cancel()
        self._pending.clear()
        return self._generation

    def _want(self, number: int) -> None:
        """Note that a page is looked at; the wish is granted once painting is over."""
        if self._asked and self._asked[-1] == number and number in self._pending:
            return
        others = [other for other in self._asked if other != number]
        self._asked = [*others, number][-_ASKED_AT_ONCE:]
        self._ask_soon.start()

    def _ask(self) -> None:
        """Ask for the pages looked at last, and give up those that were scrolled past."""
        for number in [number for number in self._pending if number not in self._asked]:
            self._pending.pop(number).cancel()
        for number in self._asked:
            self._fetch(number)

    def _fetch(self, number: int, *, ahead: bool = False) -> None:
        if number in self._pending or number in self._window:
            return
        generation, query, fetched = self._generation, self.query, self._fetched

        def take(page: Page) -> None:
            if generation == self._generation:
                self._pending.pop(number, None)
                self._take_page(number, page, ahead=ahead)

        self._pending[number] = self._read(
            lambda ledger: read_page(ledger, self.kind, query, fetched, number), take
        )

    def _take_page(self, number: int, page: Page, *, ahead: bool) -> None:
        self._window.keep(number, page)
        first = number * PAGE
        last = min(first + len(page.lines), self._rows) - 1
        if last >= first:
            corner = self.index(last, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), corner)
        if not ahead and not self._pending:
            self._prefetch(number)

    def _prefetch(self, number: int) -> None:
        """Read the neighbours of a page that was just needed, while nothing else is."""
        for near in (number + 1, number - 1):
            if 0 <= near * PAGE < self._rows and near not in self._window:
                self._fetch(near, ahead=True)

    def _read(self, work: Callable[[Ledger], Any], take: Callable[[Any], None]) -> Job:
        def refused(error: Exception) -> None:
            # Nothing is on its way any more: looking at the rows again asks for them again.
            self._pending.clear()
            self._coming = None
            self._jobs.unexpected.emit(error)

        return self._jobs.read(work, take, owner=self, failed=refused)

    # Answering Qt

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many records the query selects, as far as it is known."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a cell can be selected, not edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        """Return a column's label."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        field = self.field(section)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(field.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _(field.description) or None
        return alignment(field) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own signature
        """Return one facet of a cell; … while its page is on the way."""
        if not index.isValid() or index.row() >= self._rows:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.field(index.column()))
        if role not in _ANSWERED:
            return None
        found = self._window.line(index.row())
        if found is None:
            self._want(index.row() // PAGE)
            return LOADING if role in _WORDS else None
        line, page = found
        if role == ID_ROLE:
            return line.id
        if role == STATUS_ROLE:
            return self._status(index.column(), line)
        return self._text(index.column(), line, page, role)

    def field(self, column: int) -> Field[Any]:
        """Return the field that a column shows."""
        return self._fields[self.columns[column]]

    def id_at(self, row: int) -> str:
        """Return the id of the record in a row, "" while it is not known."""
        found = self._window.line(row) if row >= 0 else None
        return found[0].id if found else ""

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record among those in memory."""
        return self._window.row_of(record_id)

    def forget(self) -> None:
        """Drop the rows in memory; those looked at next are read again."""
        self._next_generation()
        self._window.replace({})

    def pages_in_memory(self) -> int:
        """Return how many pages are held."""
        return len(self._window)

    def _status(self, column: int, line: Line) -> Status | None:
        if self.columns[column] != "status":
            return None
        return status_of(self.kind, values_of(self._fetched, line), date.today())

    def _text(self, column: int, line: Line, page: Page, role: int) -> str:
        status = self._status(column, line)
        if status is not None:
            text = status.text
        else:
            field = self.field(column)
            text = shown(field, line.values[column], page.named)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{label}：{text}").format(
                label=_(self.field(column).title), text=cell_text(text) or _("空")
            )
        if role == REMARK_ROLE:
            return remark_on(self.kind, self.columns[column], values_of(self._fetched, line))
        return cell_text(text)


_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_ANSWERED = (*_WORDS, Qt.ItemDataRole.ToolTipRole, ID_ROLE, STATUS_ROLE, REMARK_ROLE)


def _fetched(kind: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns shown, then those that the status needs beside them."""
    return tuple(dict.fromkeys((*columns, *NEEDED.get(kind, ()))))
