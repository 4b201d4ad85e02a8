"""The rows inside a record (clauses, checklist items, rounds) as the text of one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sanyou_desktop.model.fields import Flag, Row, Rows
from sanyou_desktop.model.pledge import Clause, Fulfilment
from sanyou_desktop.model.record import Attachment, value_of
from sanyou_desktop.wording import _

_MOST_KEPT = 4096
_LONGEST_KEPT = 120


def rows_text(rows: Sequence[Row], field: Rows, clauses: Sequence[Clause] = ()) -> str:
    """Return a numbered line a row: what it is about, then what is known of it, by label.

    Numbers need their labels (满分：20；扣分：3), or nobody can read them on paper. A row that is
    announced but not known keeps its line. ``clauses`` are those that fulfilments speak of.
    """
    told = RowsTold(field)
    cells = ([told.cell(key, value_of(row, key)) for key in field.columns] for row in rows)
    return told.text(cells, {clause.key: clause.text for clause in clauses})


class RowsTold:
    """Tells rows of one type, from what each cell says: its text, behind the first its label."""

    def __init__(self, field: Rows) -> None:
        """Prepare the labels."""
        self._columns = dict(field.columns)
        keys = list(self._columns)
        # Of files the names are told; of two columns the second needs no label.
        self._only = keys.index("name") if field.row is Attachment else None
        self._bare = {keys[0]} if len(keys) > 2 and self._only is None else set(keys)
        self._clause = keys.index("clause") if field.row is Fulfilment else None
        self._kept = {key: _Kept(self, key) for key in keys}

    def stored_text(self, stored: list[dict[str, Any]], clauses: dict[str, str]) -> str:
        """Return the text of rows as the ledger keeps them; ``clauses`` are texts by key."""
        return self.text(map(self._stored_cells, stored), clauses)

    def cell(self, key: str, value: Any) -> str:  # noqa: ANN401 - a field's own value
        """Return what a cell says; a reference to a clause still says its key."""
        column = self._columns[key]
        if column.is_empty(value):
            return ""
        if self._clause is not None and key == "clause":
            return str(value)
        return self._labelled(key, column.show(value))

    def stored_cell(self, key: str, stored: Any) -> str:  # noqa: ANN401 - any JSON
        """Return the same of a stored value."""
        return self.cell(key, self._columns[key].kept(stored))

    def text(self, rows: Iterable[list[str]], clauses: dict[str, str]) -> str:
        """Return the text of rows, of each what its cells say."""
        if self._only is not None:
            return "\n".join(cells[self._only] for cells in rows)
        lines = []
        for number, cells in enumerate(rows, start=1):
            if self._clause is not None:
                text = clauses.get(cells[self._clause], "")
                cells[self._clause] = self._labelled("clause", text) if text else ""
            lines.append(f"{number}. {self._line(cells)}")
        return "\n".join(lines)

    def _line(self, cells: list[str]) -> str:
        head = cells[0]
        told = "；".join(filter(None, cells[1:]))
        if not head:
            return told or _("（待补充）")
        if not told:
            return head
        if len(cells) == 2:
            return _("{label}：{text}").format(label=head, text=told)
        return f"{head}（{told}）"

    def _labelled(self, key: str, text: str) -> str:
        if key in self._bare or not text:
            return text
        column = self._columns[key]
        if isinstance(column, Flag):
            return _(column.title)
        return _("{label}：{text}").format(label=_(column.title), text=text)

    def _stored_cells(self, row: dict[str, Any]) -> list[str]:
        try:
            return [kept[row.get(key)] for key, kept in self._kept.items()]
        except TypeError:
            # A list or an object, such as a quantity, is no key to look up.
            return [self.stored_cell(key, row.get(key)) for key in self._kept]


class _Kept(dict[Any, str]):
    """What cells of one column say, by stored value."""

    def __init__(self, told: RowsTold, key: str) -> None:
        super().__init__()
        self._told = told
        self._key = key

    def __missing__(self, stored: Any) -> str:  # noqa: ANN401 - any JSON
        text = self._told.stored_cell(self._key, stored)
        if len(self) < _MOST_KEPT and len(text) < _LONGEST_KEPT:
            self[stored] = text
        return text
