"""What goes back on paper for a report: its receipt (回执)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.printing.paper_fonts import HEI, SONG, TITLE, paper_font
from sanyou_desktop.desktop.printing.paper_parts import FOOT, GAP, Faces, finished, write_lines
from sanyou_desktop.desktop.printing.paper_table import Column, PaperTable, Sheet
from sanyou_desktop.desktop.printing.printable import page
from sanyou_desktop.desktop.submissions.look import chip_of
from sanyou_desktop.model.chasing import Owed
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.submission import SUBMISSION_STATUSES, Submission
from sanyou_desktop.wording import _, in_source_language, to_user

_MARGINS = (28.0, 37.0, 26.0, 20.0)
_TITLE, _BODY = 22, 12
_NAMES = 120.0
_WIDE = 125
# Enough to tell two reports apart, and short enough to be read out.
_MANIFEST = 16
_STEP = 20


def receipt_title(submission: Submission) -> str:
    """Return what the receipt is called, in Chinese, as it is sent on."""
    with in_source_language():
        return _("上报回执 {number}").format(number=submission.number)


def lay_out_receipt(
    submission: Submission, receiver: str, progress: Progress, marked: Sequence[Record] = ()
) -> LaidOut:
    """Lay the receipt out: what came, when, and what became of it; in Chinese, as it is sent on.

    ``marked`` are the records with a mark of secrecy that its comments name, for the log.

    Raises:
        Cancelled: the user stopped it.
    """
    with in_source_language():
        layout = page(margins=_MARGINS)
        sheet = Sheet.of(layout, FOOT)
        head, body = paper_font(HEI, _BODY), paper_font(SONG, _BODY)
        title = paper_font(TITLE, _TITLE)
        title.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _WIDE)
        write_lines(sheet, _("上报回执"), title, Qt.AlignmentFlag.AlignHCenter)
        sheet.y += 4 * GAP
        columns = [Column(points=_NAMES, label=True), Column(weight=1)]
        table = PaperTable(sheet, columns, head, body)
        rows = [*_facts(submission), *_comments(submission)]
        for number, (name, text) in enumerate(rows):
            table.row([name, text], 2 * sheet.line_height(body))
            if number % _STEP == 0:
                progress.step(number, len(rows), to_user("正在排版"))
        today = PartialDate.of(date.today()).in_words()
        sheet.keep(4 * GAP + 2 * sheet.line_height(body))
        sheet.y += 4 * GAP
        for line in (receiver, today):
            write_lines(sheet, line, body, Qt.AlignmentFlag.AlignRight)
        holds = Holding.of(f"receipt:{submission.id}", [submission, *marked])
        return finished(sheet, receipt_title(submission), layout, Faces(), "", holds)


def _facts(submission: Submission) -> list[tuple[str, str]]:
    status = next(_(one.title) for one in SUBMISSION_STATUSES if one.value == submission.status)
    facts = [
        (_("登记号"), submission.number),
        (_("报送单位"), _named(submission)),
        (_("期间"), submission.period.in_words()),
        (_("报送次序"), _("第 {number} 次").format(number=submission.version or 1)),
        (_("文件名"), submission.file_name),
        (_("记录条数"), "" if submission.rows is None else str(submission.rows)),
        (_("清单校验值"), submission.manifest[:_MANIFEST]),
        (_("收到日期"), submission.received_on.in_words() if submission.received_on else ""),
        (_("办理结果"), status),
    ]
    return [(name, text) for name, text in facts if text]


def _comments(submission: Submission) -> list[tuple[str, str]]:
    return [
        (_("退回意见 {number}").format(number=number), _comment(comment.about, comment.text))
        for number, comment in enumerate(submission.comments, start=1)
    ]


def cells_of(one: Owed) -> tuple[str, str, str, str]:
    """Return name, standing, contact and phone."""
    return one.name, chip_of(one.place)[0], one.contact, one.phone


def _named(submission: Submission) -> str:
    if not submission.reporter_name:
        return submission.reporter
    return _("{name}（{code}）").format(name=submission.reporter_name, code=submission.reporter)


def _comment(about: str, text: str) -> str:
    return _("{about}：{text}").format(about=about, text=text) if about else text
