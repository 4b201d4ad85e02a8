"""Small papers to be looked at, printed and stopped."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QPageLayout

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.printing.paper_fonts import SONG, paper_font
from sanyou_desktop.desktop.printing.paper_parts import FOOT, Faces, finished, write_lines
from sanyou_desktop.desktop.printing.paper_table import Sheet
from sanyou_desktop.desktop.printing.printable import page

PARAGRAPHS = tuple(f"第{number}段：机关后勤服务承诺" for number in range(90))


def paper(title: str, lines: Iterable[str] = ("乙",), layout: QPageLayout | None = None) -> LaidOut:
    """Return pages with these lines, numbered below."""
    layout = layout or page()
    sheet = Sheet.of(layout, FOOT)
    for line in lines:
        write_lines(sheet, line, paper_font(SONG, 12))
        sheet.y += 12
    return finished(sheet, title, layout, Faces(), "", Holding())
