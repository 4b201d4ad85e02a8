"""What a table or a form asks for: a column with its header, or a single cell with its label."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.exchange.cells import column_name

_COLUMNS = 16_384


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        column: from 0.
        title: its header; those of a header of two rows with / between.
        source: the field's key, or what ``own_form.layout`` names: a number, the unit; "" if it is
            not read.
        unit: what its numbers count (万元, %), where its header or a line above says so.
    """

    column: int
    title: str
    source: str = ""
    unit: str = ""

    @property
    def letter(self) -> str:
        """The column as Excel names it."""
        return column_name(self.column)


@dataclass(frozen=True)
class AskedCell(Column):
    """A cell to fill; ``column`` is a number that no other cell has.

    Attributes:
        row: its row, from 1.
        at: its column, from 0.
        before: what stands in the cell and stays before the answer.
        group: of figures, whose they are: theme:service or unit:350300, "" for all together.
        about: of figures, the label that says what they are.
        then: of figures, which period they are of: before, year_before or "" for this one.
    """

    row: int = 0
    at: int = 0
    before: str = ""
    group: str = ""
    then: str = ""
    about: str = ""

    @property
    def letter(self) -> str:
        """The cell's address."""
        return f"{column_name(self.at)}{self.row}"


def asked_cell(
    row: int,
    column: int,
    title: str,
    source: str,
    *,
    unit: str = "",
    before: str = "",
    group: str = "",
    then: str = "",
    about: str = "",
) -> AskedCell:
    """Return the cell at ``row`` (from 1) and ``column`` (from 0)."""
    code = row * _COLUMNS + column
    return AskedCell(code, title, source, unit, row, column, before, group, then, about)
