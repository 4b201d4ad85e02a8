"""How the cells of a report look, and writing a value as what it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sanyou_desktop.exchange.sheet import CellStyle, CellValue

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FONT = "宋体"
_TINT = "#E3ECF9"
_LINE = "#8A919E"
# Office programs take what begins so for a formula once somebody edits the cell.
_LIKE_FORMULAS = ("=", "+", "-", "@")
_FOR_NUMBERS = frozenset({CellStyle.DATE, CellStyle.INTEGER, CellStyle.DECIMAL})


class Looks:
    """The formats of one workbook, by name."""

    def __init__(self, workbook: Workbook) -> None:
        """Add the formats to the workbook."""
        self._formats: dict[str, Format] = {
            name: workbook.add_format(look) for name, look in _looks().items()
        }

    def __getitem__(self, name: str) -> Format:
        """Return the format of that name."""
        return self._formats[name]

    def of(self, style: CellStyle) -> Format:
        """Return the format of a table's cell."""
        return self._formats[style.value]

    def write(
        self, page: Worksheet, row: int, column: int, cell: CellValue, style: CellStyle
    ) -> None:
        """Write a table's cell as ``look_of`` says."""
        write_value(page, row, column, cell, self._formats[look_of(cell, style)])

    def names(self) -> list[str]:
        """Return the names of all formats."""
        return list(self._formats)


def look_of(cell: CellValue, style: CellStyle) -> str:
    """Return the name of a table cell's format: text stays text even where it begins with ``=``."""
    if isinstance(cell, str) and cell:
        if style in _FOR_NUMBERS:
            return "words"
        if cell.startswith(_LIKE_FORMULAS) and style is not CellStyle.IDENTITY:
            return "quoted"
    elif isinstance(cell, int | Decimal) and style is CellStyle.WRAPPED:
        return CellStyle.DECIMAL.value
    return style.value


def write_value(page: Worksheet, row: int, column: int, cell: CellValue, look: Format) -> None:
    """Write a value as what it is."""
    if cell is None or cell == "":
        page.write_blank(row, column, None, look)
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), look)
    elif isinstance(cell, int | Decimal):
        page.write_number(row, column, float(cell), look)
    else:
        page.write_string(row, column, cell, look)


def _looks() -> dict[str, dict[str, Any]]:
    base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
    cell = base | {"border": 1, "border_color": _LINE}
    wrapped = cell | {"text_wrap": True}
    # A long number gets smaller rather than ####.
    figure = cell | {"align": "center", "shrink": True}
    label = cell | {"bold": True, "font_size": 12, "bg_color": _TINT, "align": "center"}
    return {
        "title": base | {"bold": True, "font_size": 18, "align": "center"},
        "line": base | {"font_size": 10.5},
        "header": wrapped | {"bold": True, "bg_color": _TINT, "align": "center"},
        "cover_title": base | {"bold": True, "font_size": 26, "align": "center"},
        "cover_period": base | {"font_size": 14, "align": "center"},
        "cover_label": label,
        "cover_text": cell | {"font_size": 12, "indent": 1, "text_wrap": True},
        "cover_count": cell | {"font_size": 12, "align": "center", "num_format": "#,##0"},
        "cover_note": base | {"font_size": 10.5, "text_wrap": True, "valign": "top"},
        # As text in the eyes of office programs: 2003-08 must not become a day once edited.
        "words": wrapped | {"num_format": "@", "align": "center"},
        "quoted": wrapped | {"quote_prefix": True},
        "section": base | {"bold": True, "font_size": 12},
        "figure": figure | {"num_format": "#,##0"},
        "points": figure | {"num_format": "0.0"},
        "percent": figure | {"num_format": '0.0"%"'},
        "told": wrapped | {"font_size": 9, "align": "center"},
        CellStyle.TEXT.value: wrapped | {"align": "center"},
        CellStyle.WRAPPED.value: wrapped,
        CellStyle.PHOTOS.value: wrapped | {"font_size": 9, "align": "center", "valign": "top"},
        CellStyle.DATE.value: cell | {"num_format": "yyyy-mm-dd", "align": "center"},
        CellStyle.INTEGER.value: figure | {"num_format": "#,##0"},
        CellStyle.DECIMAL.value: figure | {"num_format": "#,##0.##########", "align": "right"},
        CellStyle.IDENTITY.value: cell | {"font_color": "#8A919E", "font_size": 9},
    }
