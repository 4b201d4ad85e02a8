"""What goes back on paper for a report: its receipt (回执)."""

from __future__ import annotations

from datetime import date
from html import escape

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.html_print import HtmlPrint
from sanyou_desktop.desktop.submissions.look import chip_of
from sanyou_desktop.model.chasing import Owed
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.submission import SUBMISSION_STATUSES, Submission
from sanyou_desktop.wording import _, in_source_language

_TITLE = "font-size: 22pt; font-weight: bold; letter-spacing: 6px"
# Enough to tell two reports apart, and short enough to be read out.
_MANIFEST = 16


def receipt(submission: Submission, receiver: str) -> HtmlPrint:
    """Return the receipt: what came, when, and what became of it; in Chinese, as it is sent on."""
    with in_source_language():
        title = _("上报回执 {number}").format(number=submission.number)
        status = next(_(one.title) for one in SUBMISSION_STATUSES if one.value == submission.status)
        received = submission.received_on.in_words() if submission.received_on else ""
        version = _("第 {number} 次").format(number=submission.version or 1)
        facts = [
            (_("登记号"), submission.number),
            (_("报送单位"), _named(submission)),
            (_("期间"), submission.period.in_words()),
            (_("报送次序"), version),
            (_("文件名"), submission.file_name),
            (_("记录条数"), "" if submission.rows is None else str(submission.rows)),
            (_("清单校验值"), submission.manifest[:_MANIFEST]),
            (_("收到日期"), received),
            (_("办理结果"), status),
        ]
        rows = [(name, text) for name, text in facts if text]
        rows += [
            (_("退回意见 {number}").format(number=number), _comment(comment.about, comment.text))
            for number, comment in enumerate(submission.comments, start=1)
        ]
        body = "".join(f"<tr>{_cell(name, '28%')}{_cell(text)}</tr>" for name, text in rows)
        html = (
            f'<p align="center" style="{_TITLE}">{escape(_("上报回执"))}</p><p>&nbsp;</p>'
            f'<table width="100%" border="1" cellspacing="0" cellpadding="8" '
            f'style="border-collapse: collapse; border-style: solid">{body}</table>'
            f"{_signed(receiver)}"
        )
    return HtmlPrint(title, html, Holding.of(f"receipt:{submission.id}", [submission]))


def cells_of(one: Owed) -> tuple[str, str, str, str]:
    """Return name, standing, contact and phone."""
    return one.name, chip_of(one.place)[0], one.contact, one.phone


def _named(submission: Submission) -> str:
    if not submission.reporter_name:
        return submission.reporter
    return _("{name}（{code}）").format(name=submission.reporter_name, code=submission.reporter)


def _comment(about: str, text: str) -> str:
    return _("{about}：{text}").format(about=about, text=text) if about else text


def _cell(text: str, width: str = "", *, bold: bool = False) -> str:
    room = f' width="{width}"' if width else ""
    shown = escape(text).replace("\n", "<br/>")
    return f"<td{room}>{f'<b>{shown}</b>' if bold else shown}</td>"


def _signed(name: str) -> str:
    day = PartialDate.of(date.today()).in_words()
    return f'<p>&nbsp;</p><p align="right">{escape(name)}</p><p align="right">{escape(day)}</p>'
