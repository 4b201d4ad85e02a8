"""催报名单 on paper: who still owes a report, with whom to call and room to note the call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.printing.paper_fonts import HEI, SONG, TITLE, paper_font
from sanyou_desktop.desktop.printing.paper_parts import FOOT, GAP, Faces, finished, write_lines
from sanyou_desktop.desktop.printing.paper_table import Column, PaperTable, Sheet
from sanyou_desktop.desktop.printing.printable import page
from sanyou_desktop.desktop.submissions.papers import cells_of
from sanyou_desktop.model.chasing import Owed
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _, in_source_language, to_user

_MARGINS = (20.0, 18.0, 20.0, 14.0)
_TITLE, _BODY = 20, 11
_ORDER = 34.0
_STEP = 100


def chase_holds(request: ReportRequest, marked: Sequence[Unit]) -> Holding:
    """Return which records such a list shows; of the units it says no more than how to call them.

    Those that have a mark of secrecy are named in the log.
    """
    return Holding.of(f"chase:{request.id}", [request, *marked])


def lay_out_chase(
    request: ReportRequest,
    many: Sequence[Owed],
    sender: str,
    marked: Sequence[Unit],
    progress: Progress,
) -> LaidOut:
    """Lay the list out, in Chinese, as it is sent on; a province has thousands of units.

    ``marked`` are the units among these whose entries have a mark of secrecy.

    Raises:
        Cancelled: the user stopped it.
    """
    with in_source_language():
        layout = page(margins=_MARGINS)
        sheet, today = Sheet.of(layout, FOOT), PartialDate.of(date.today()).in_words()
        body, right = paper_font(SONG, _BODY), Qt.AlignmentFlag.AlignRight
        title = paper_font(TITLE, _TITLE)
        write_lines(sheet, _("催报名单"), title, Qt.AlignmentFlag.AlignHCenter)
        sheet.y += 2 * GAP
        told = _("{due}；截至 {today}，尚欠 {count} 个单位。")
        last = _("截止 {day}").format(day=request.due_on.in_words() if request.due_on else "")
        due = told.format(due=last, today=today, count=len(many))
        for line in (request.title, due):
            write_lines(sheet, line, body)
            sheet.y += GAP
        table = PaperTable(sheet, _columns(), paper_font(HEI, _BODY), body)
        table.header()
        for number, one in enumerate(many, start=1):
            table.row([str(number), *cells_of(one), ""])
            if number % _STEP == 0:
                progress.step(number, len(many), to_user("正在排版"))
        sheet.keep(3 * GAP + 2 * sheet.line_height(body))
        sheet.y += 3 * GAP
        for line in (sender, today):
            write_lines(sheet, line, body, right)
        named = _("催报名单：{report}").format(report=request.title)
        holds = chase_holds(request, marked)
        return finished(sheet, named, layout, Faces(), "", holds)


def _columns() -> list[Column]:
    """Return the columns; in the last one notes when it was called."""
    return [
        Column(_("序号"), points=_ORDER, centred=True),
        Column(_("单位"), weight=4),
        Column(_("情况"), weight=1.6),
        Column(_("联系人"), weight=1.3),
        Column(_("联系电话"), weight=2),
        Column(_("催报记录"), weight=1.6),
    ]
