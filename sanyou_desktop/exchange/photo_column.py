"""The column of a report in which the photos of each record stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sanyou_desktop.exchange.sheet import CellStyle, Column
from sanyou_desktop.wording import _

KEY = "_photos"
# Characters of the default font, 7 pixels each and 5 at the edges.
WIDTH = 30


def column() -> Column:
    """Return the column."""
    return Column(KEY, _("照片"), WIDTH, CellStyle.PHOTOS)


def making_room(columns: Sequence[Column], most: float) -> list[Column]:
    """Return the printed columns with the photos' column behind them.

    Long texts give way, by a quarter at most, so that the page, which is fitted to the paper's
    width of ``most`` characters, does not become too small to read.
    """
    wide = [one for one in columns if one.style is CellStyle.WRAPPED and one.width >= 16]
    excess = max(0.0, sum(one.width for one in columns) + WIDTH - most)
    held = sum(one.width for one in wide)
    share = max(0.75, 1 - excess / held) if held else 1.0
    narrowed = {one.key: replace(one, width=round(one.width * share, 1)) for one in wide}
    return [*(narrowed.get(one.key, one) for one in columns), column()]


def place_in(columns: Sequence[Column]) -> int:
    """Return where the column stands (from 0), -1 where there is none."""
    return next((place for place, one in enumerate(columns) if one.key == KEY), -1)
