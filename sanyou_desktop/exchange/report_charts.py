"""Native charts of the report's statistics: months side by side, from zero, each hue one series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanyou_desktop.exchange.chart_scale import ticks
from sanyou_desktop.wording import N_, _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Told apart also by those who see no red and green, and on paper without colour.
_HUES = ("#1F5FBF", "#D9822B")
_GREY = "#5F6673"
_GRID = "#E3E6EB"
# Pixels; two beside one another are as wide as the tables.
_WIDTH, _HEIGHT = 515, 262
_SECOND_COLUMN = 8
# Rows of the default height of 20 pixels.
_ROWS = 14
_ENDS = ("outside_end", "outside_end")
_CHARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("column", N_("件"), ("findings_raised", "findings_closed")),
    ("column", N_("次"), ("inspections_held",)),
    ("line", "%", ("rectification_rate", "on_time_rate")),
    ("line", "%", ("satisfaction_rate",)),
)


@dataclass(frozen=True)
class Plotted:
    """Where the numbers by month stand.

    Attributes:
        sheet: its name.
        head: the row of the months, from 0; January is column 1.
        rows: the row of each indicator, by key.
        titles: what each is called.
        months: how many months have begun.
        largest: the largest number of each in these months, if it has any.
    """

    sheet: str
    year: int
    head: int
    rows: Mapping[str, int]
    titles: Mapping[str, str]
    months: int
    largest: Mapping[str, int]


def add_charts(book: Workbook, page: Worksheet, plotted: Plotted, row: int) -> int:
    """Add the charts from ``row`` on, two beside one another; return the row after them.

    A chart of counts that are all 0, or of rates of nothing, shows nothing and is left out.
    """
    charts = [one for one in _CHARTS if _says_something(plotted, one[0], one[2])]
    for at, (kind, unit, keys) in enumerate(charts):
        chart = book.add_chart({"type": kind})
        # The labels of two lines would lie on one another.
        sides = ("above", "below") if len(keys) > 1 else ("below",)
        for key, hue, side in zip(keys, _HUES, sides if kind == "line" else _ENDS, strict=False):
            chart.add_series(_series(plotted, key, hue, kind, side))
        is_rate = kind == "line"
        title = "、".join(plotted.titles[key] for key in keys)
        words = _("{year}年{title}（{unit}）").format(year=plotted.year, title=title, unit=_(unit))
        chart.set_title({"name": words, "name_font": {"size": 12}, "overlay": False})
        chart.set_legend({"position": "bottom"} if len(keys) > 1 else {"none": True})
        chart.set_x_axis({"num_font": {"color": _GREY, "size": 9}, "line": {"color": _GREY}})
        axis: dict[str, Any] = {
            "min": 0,
            "major_gridlines": {"visible": True, "line": _line(_GRID)},
        }
        axis |= {"line": {"none": True}, "num_font": {"color": _GREY, "size": 9}}
        # Counts have whole steps, rates the same for all.
        marks = ticks(max(plotted.largest.get(key, 0) for key in keys))
        scale = {"max": marks[-1], "major_unit": marks[1], "num_format": "0"}
        chart.set_y_axis(axis | ({"max": 100, "major_unit": 20} if is_rate else scale))
        chart.show_blanks_as("gap")
        chart.show_na_as_empty_cell()
        chart.set_size({"width": _WIDTH, "height": _HEIGHT})
        chart.set_chartarea({"border": {"color": _GRID}})
        place = row + at // 2 * _ROWS
        offset = {"x_offset": 4, "y_offset": 4, "object_position": 2, "description": words}
        page.insert_chart(place, at % 2 * _SECOND_COLUMN, chart, offset)
    return row + (len(charts) + 1) // 2 * _ROWS


def _says_something(plotted: Plotted, kind: str, keys: tuple[str, ...]) -> bool:
    found = [plotted.largest[key] for key in keys if key in plotted.largest]
    # A rate of 0 is news, a count of 0 is none.
    return bool(found) if kind == "line" else any(found)


def _series(plotted: Plotted, key: str, hue: str, kind: str, side: str) -> dict[str, Any]:
    row, sheet, last = plotted.rows[key], plotted.sheet, max(1, plotted.months)
    series: dict[str, Any] = {
        "name": [sheet, row, 0],
        "categories": [sheet, plotted.head, 1, plotted.head, last],
        "values": [sheet, row, 1, row, last],
        "data_labels": {"value": True, "position": side, "font": {"size": 8, "color": hue}},
    }
    if kind == "column":
        return series | {"fill": {"color": hue}, "border": {"none": True}, "gap": 60}
    marker = {"type": "circle", "size": 5, "fill": {"color": hue}, "border": {"color": hue}}
    return series | {"line": {"color": hue, "width": 2}, "marker": marker}


def _line(colour: str) -> dict[str, Any]:
    return {"color": colour, "width": 0.75}
