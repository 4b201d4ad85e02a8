"""The deeds of a submission: 接收, 退回, 导出退回意见, 打印回执; and registering one by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

from PySide6.QtWidgets import QDialog

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import ask_about_more, newest_of, take_step
from sanyou_desktop.desktop.dialogs.asked import Asked, Values, WholeDay, day
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.submissions.comments_editor import CommentsEditor
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Date, Row, Rows, Text
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.report_request import Owing, ReportRequest
from sanyou_desktop.model.sent_back import SentBack
from sanyou_desktop.model.submission import Comment, Submission, accept, meant_for, send_back
from sanyou_desktop.wording import N_, _


@dataclass(frozen=True, kw_only=True)
class _Line(Row):
    """A comment as it is typed; the record it is about was found, and is shown by its words."""

    record: Annotated[str, Text(N_("涉及记录"), max_length=64)] = ""
    about: Annotated[str, Text(N_("涉及内容"), max_length=300)] = ""
    text: Annotated[str, Text(N_("退回意见"), required=True, max_length=2000)] = ""
    due_on: Annotated[PartialDate | None, Date(N_("改正期限"))] = None


_COMMENTS = Rows(
    N_("退回意见"),
    row=_Line,
    description=N_("一行一条。报送单位导入退回意见后，每条成为一个待整改的问题。"),
)


# As long as what a comment is about may be.
_ABOUT = 300
# Without a day nothing reminds the unit: what is due stands in its Today.
_DUE = WholeDay(N_("改正期限"), required=True, description=N_("没有单独填写期限的各条，都按这一天"))


def accept_it(place: Place, submission: Submission) -> None:
    """Take the report over."""
    take_step(place, submission, _("接收"), accept)


def send_it_back(place: Place, submission: Submission) -> QDialog:
    """Ask what is to be put right; then offer the file that the unit takes in."""
    fields = kind_of("submission").fields

    def steps(ledger: Ledger, now: Submission, values: Values) -> list[Submission]:
        titles = ledger.titles(line.record for line in values["comments"] if line.record)
        comments = tuple(_comment(line, titles, values["due_on"]) for line in values["comments"])
        return [send_back(now, comments, values["returned_on"])]

    def editor(session: Session) -> CommentsEditor:
        return CommentsEditor(_COMMENTS, session, submission.reporter)

    dialog = ask_about_more(
        place,
        submission,
        _("退回"),
        (
            (Asked("comments", _COMMENTS, [], must=True, make=editor),),
            (
                day("returned_on", fields["returned_on"], ("returned_on", "")),
                Asked("due_on", _DUE, _in_a_week()),
            ),
        ),
        steps,
        _("退回后这份上报不算已报；保存后接着导出退回意见文件，发给报送单位。"),
    )
    dialog.then(lambda _values: _export_newest(place, submission))
    return dialog


def _comment(
    line: _Line, titles: Mapping[str, tuple[str, str, str]], due_on: PartialDate
) -> Comment:
    """Return a comment that names its record in words too: others see no ids."""
    _kind, number, title = titles.get(line.record, ("", "", ""))
    # What was pasted and names no record is words, too.
    named = f"{number} {title}".strip() or line.record
    about = named or line.about
    if named and line.about:
        about = _("{about}：{text}").format(about=named, text=line.about)
    return Comment(
        key=line.key,
        about=about[:_ABOUT],
        text=line.text,
        due_on=line.due_on or due_on,
        record=line.record if line.record in titles else "",
    )


def _in_a_week() -> str:
    return str(date.today() + timedelta(days=7))


def _export_newest(place: Place, submission: Submission) -> None:
    place.session.jobs.read(
        lambda ledger: newest_of(ledger, submission),
        lambda now: export_return(place, now),
        owner=place.widget,
    )


def export_return(place: Place, submission: Submission) -> None:
    """Ask where to, and write the file in which the report goes back to its unit.

    What of it has a mark of secrecy is asked about: the report, and the records that it names.
    """
    place.session.jobs.read(
        lambda ledger: _marked(ledger, submission),
        lambda found: _write_return(place, submission, found),
        owner=place.widget,
    )


def _marked(ledger: Ledger, submission: Submission) -> list[Record]:
    """Return what has a mark of secrecy: the report, and the records that comments name."""
    named = (ledger.get(comment.record) for comment in submission.comments if comment.record)
    return [one for one in (submission, *named) if one is not None and one.confidential]


def _write_return(place: Place, submission: Submission, marked: list[Record]) -> None:
    from sanyou_desktop.desktop.sharing.noted import noted
    from sanyou_desktop.desktop.withheld import may_write
    from sanyou_desktop.exchange.return_file import ENDING, write_return
    from sanyou_desktop.ledger.exports import Outgoing

    session = place.session
    name = _("退回意见 {unit} {period}").format(
        unit=submission.reporter_name or submission.reporter, period=submission.period.in_words()
    )
    path = session.ask.save_file(
        place.widget,
        _("导出退回意见"),
        name.replace("/", " ") + ENDING,
        _("退回意见 (*{ending})").format(ending=ENDING),
    )
    if path is None or not may_write(place.widget, session, len(marked), path.name):
        return
    sent_back = SentBack.of(submission, session.unit_name)

    def write(_progress: object) -> str:
        write_return(path, sent_back)
        told = _("已导出 {name}。请发给报送单位，在其「上报」页导入。").format(name=path.name)
        outgoing = Outgoing("return", str(path.resolve()), result=told)
        outgoing.confidential = len(marked)
        for record in {one.id: one for one in (submission, *marked)}.values():
            outgoing.add(record.id, record.revision)
        return noted(session.path, outgoing)

    session.jobs.run(
        write,
        session.operations.told.emit,
        owner=place.widget,
        failed=session.operations.failed.emit,
    )


def count_for(place: Place, submission: Submission, request: ReportRequest) -> None:
    """Let a report of another period be the one that a request asks for; 撤销 takes it back."""
    take_step(place, submission, _("认作本期"), lambda now: meant_for(now, request))


def print_receipt(place: Place, submission: Submission) -> None:
    """Show the receipt as it will be printed; what of it has a mark of secrecy is asked about."""
    place.session.jobs.read(
        lambda ledger: _marked(ledger, submission),
        lambda found: _show_receipt(place, submission, found),
        owner=place.widget,
    )


def _show_receipt(place: Place, submission: Submission, marked: list[Record]) -> None:
    from sanyou_desktop.desktop.printing.preview import offer_to_lay_out
    from sanyou_desktop.desktop.submissions.papers import lay_out_receipt, receipt_title
    from sanyou_desktop.desktop.withheld import may_print

    if may_print(place.widget, place.session, len({one.id for one in marked})):
        receiver = place.session.unit_name
        offer_to_lay_out(
            place.widget,
            place.session,
            receipt_title(submission),
            lambda progress: lay_out_receipt(submission, receiver, progress, marked),
        )


def register_by_hand(place: Place, request: ReportRequest, owing: Owing) -> QDialog:
    """Ask about a report that came on paper or by mail, and enter it as received."""
    fields = kind_of("submission").fields
    begun = Submission(
        reporter=owing.unit, reporter_name=owing.name, from_=request.from_, to=request.to
    )
    how = replace(fields["file_name"], title=N_("文件名或来件方式"))

    def work(ledger: Ledger, values: Values) -> Changes:
        return ledger.register_submission(replace(begun, **values))

    told = _("由「汇总」接收的上报工作簿会自动登记，不必再登。")
    return show(
        FieldsDialog(
            place.widget,
            place.session,
            _("登记收件"),
            (
                (
                    day("received_on", fields["received_on"], ("received_on", "")),
                    Asked("rows", fields["rows"]),
                ),
                (Asked("file_name", how),),
                (Asked("notes", fields["notes"]),),
            ),
            work,
            kind="submission",
            about="\n".join((f"{owing.name or owing.unit}　{request.title}", told)),
            confirm=_("登记"),
        )
    )
