"""What the papers of records and of lists have in common: their faces, heads and feet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPageLayout

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut, Stroke
from sanyou_desktop.desktop.printing.paper_fonts import HEI, SONG, TITLE, paper_font
from sanyou_desktop.desktop.printing.paper_table import Column, Sheet
from sanyou_desktop.wording import _

FOOT = 22.0
GAP = 6.0
_ORDER = 30.0
# Of a column: what stands beside its text, up to where it is short, and as much as one may want.
_AROUND, _SHORT, _LONG = 10.0, 96.0, 420.0
# Of the width, for short columns beside long ones.
_FOR_SHORT = 0.7
# The last character that takes half the room of a Chinese one.
_NARROW = 0x24F
_TITLE, _SECTION, _BODY, _SMALL = 18, 11, 10.5, 9


@dataclass(frozen=True)
class Faces:
    """The fonts of a paper; ``smaller`` by so many points where much stands side by side."""

    smaller: float = 0
    title: QFont = field(default_factory=lambda: paper_font(TITLE, _TITLE))
    section: QFont = field(default_factory=lambda: paper_font(HEI, _SECTION))
    small: QFont = field(default_factory=lambda: paper_font(SONG, _SMALL))

    @property
    def label(self) -> QFont:
        """Of what names a text."""
        return paper_font(HEI, _BODY - 0.5 - self.smaller)

    @property
    def body(self) -> QFont:
        """Of the text."""
        return paper_font(SONG, _BODY - self.smaller)


def columns_for(
    sheet: Sheet,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    figures: Sequence[bool],
    faces: Faces,
) -> list[Column]:
    """Return a column for the order and one a title, each as wide as its texts want.

    Short texts stay on one line; long ones share the rest.
    """
    wanted = []
    for place, title in enumerate(titles):
        lines = (line for row in rows for line in row[place].split("\n"))
        longest = max(lines, key=_units, default="")
        width = max(sheet.text_width(longest, faces.body), sheet.text_width(title, faces.label))
        wanted.append(width + _AROUND)
    short = [width for width in wanted if width <= _SHORT]
    room = sheet.width - _ORDER
    fits = len(short) < len(wanted) and sum(short) <= room * _FOR_SHORT
    made = [Column(_("序号"), points=_ORDER, centred=True)]
    for title, width, is_figure in zip(titles, wanted, figures, strict=True):
        if fits and width <= _SHORT:
            made.append(Column(title, points=width, figures=is_figure))
        else:
            made.append(Column(title, weight=min(width, _LONG), figures=is_figure))
    return made


def _units(text: str) -> int:
    """Return about how wide a line is, in halves of a Chinese character."""
    return sum(1 + (ord(one) > _NARROW) for one in text)


def write_lines(
    sheet: Sheet, text: str, font: QFont, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """Write a text over the whole width, line by line, going on over the next pages."""
    high = sheet.line_height(font)
    for line in sheet.lines(text, font, sheet.width):
        sheet.keep(high)
        sheet.write([line], font, (0, sheet.y, sheet.width, high), side)
        sheet.y += high


def write_title(sheet: Sheet, above: str, title: str, faces: Faces) -> None:
    """Write the head of a paper: whose it is above what it is called."""
    centre = Qt.AlignmentFlag.AlignHCenter
    write_lines(sheet, above, faces.small, centre)
    write_lines(sheet, title, faces.title, centre)
    sheet.y += GAP


def finished(
    sheet: Sheet, title: str, layout: QPageLayout, faces: Faces, foot: str, holds: Holding
) -> LaidOut:
    """Return the pages, numbered below behind ``foot``."""
    told = foot.replace("{", "{{").replace("}", "}}")
    number = _("第 {number} 页 共 {count} 页")
    below = (0.0, sheet.height, sheet.width, FOOT)
    text = "　".join(filter(None, (told, number)))
    return LaidOut(title, layout, sheet.pages, holds, Stroke(below, text, faces.small))
