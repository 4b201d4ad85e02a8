"""Nothing with a mark of secrecy leaves the window by one act, and what left is in the log."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication

from sanyou_desktop.desktop.activities.totals_dialog import TotalsDialog
from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.editors import attached_file
from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.inspections.check_sheet import print_sheet
from sanyou_desktop.desktop.pledges.notice_dialog import NoticeDialog
from sanyou_desktop.desktop.printing.preview import PreviewDialog
from sanyou_desktop.desktop.printing.print_dialog import PrintDialog
from sanyou_desktop.desktop.printing.print_flow import print_page
from sanyou_desktop.desktop.submissions.chase_dialog import Chase, ChaseDialog
from sanyou_desktop.desktop.submissions.steps import export_return, print_receipt
from sanyou_desktop.desktop.withheld import without_marked_names
from sanyou_desktop.exchange.return_file import read_return, take_return
from sanyou_desktop.ledger.exports import Logged
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.chasing import Owed
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.quantity_words import parse_quantity
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.sent_back import SentBack
from sanyou_desktop.model.submission import Comment, Submission
from sanyou_desktop.model.submission_board import MISSING, Place
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser
from tests.desktop.printing.test_leaving import log_of

OnPage = Callable[..., PageUser]
SECRET = "机房门禁"
DAY = PartialDate.parse("2026-07-01")


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


@pytest.fixture(autouse=True)
def _emptied() -> None:
    QGuiApplication.clipboard().setText("")


def last(user: PageUser) -> tuple[Logged, dict[str, int]]:
    return log_of(user.at.session.path)[0]


# Rows on the clipboard


def test_rows_with_a_mark_are_copied_only_when_it_is_said_twice(on_page: OnPage) -> None:
    user = on_page(Pledge(unit=UNIT, title=SECRET, confidential="secret"))
    secret = user.page.shown_id
    user.page.list.table.select_rows(list(range(6)), 0)
    user.at.ask.yes = False
    user.page.list.copy_selected()
    user.settle()
    assert "有密级的 1 条" in user.at.ask.asked[-1]
    assert "导出登记" in user.at.ask.asked[-1]
    assert len(clipboard().splitlines()) == 6
    assert SECRET not in clipboard()
    assert log_of(user.at.session.path) == []

    user.at.ask.yes = True
    user.page.list.copy_selected()
    user.settle()
    assert SECRET in clipboard()
    line, held = last(user)
    assert (line.way, line.target, line.confidential) == ("copy", "剪贴板", 1)
    assert held == {secret: 1}


def test_a_row_alone_with_a_mark_leaves_the_clipboard_as_it_was(on_page: OnPage) -> None:
    user = on_page(Finding(unit=UNIT, title=SECRET, confidential="internal"))
    QGuiApplication.clipboard().setText("先前的")
    user.page.list.table.select_rows([0], 0)
    user.at.ask.yes = False
    user.page.list.copy_selected()
    user.settle()
    assert clipboard() == "先前的"


def test_copied_rows_do_not_name_what_has_a_mark(on_page: OnPage) -> None:
    user = on_page(Finding(unit=UNIT, title="没有兑现"))
    shown_id = user.page.shown_id

    def refer(ledger: Ledger) -> object:
        against = ledger.save(Pledge(unit=UNIT, title=SECRET, confidential="secret")).record.id
        found = ledger.get(shown_id)
        assert found is not None
        return ledger.save(replace(found, against=against))  # type: ignore[call-arg] # a finding

    user.change(refer)
    user.page.list.set_columns(("title", "against"))
    user.settle()
    user.page.list.table.select_rows([0], 0)
    user.page.list.copy_selected()
    user.settle()
    assert "没有兑现" in clipboard()
    assert "（有密级）" in clipboard()
    assert SECRET not in clipboard()


def test_totals_of_what_has_a_mark_are_copied_after_a_question(on_page: OnPage) -> None:
    money = parse_quantity("120万元")
    user = on_page(
        Activity(unit=UNIT, title="公开的", amount=money),
        Activity(unit=UNIT, title=SECRET, amount=money, confidential="secret"),
    )
    user.choose("totals")
    dialog = user.dialog(TotalsDialog)
    user.at.ask.yes = False
    dialog.copy()
    assert "有密级的 1 条" in user.at.ask.asked[-1]
    assert clipboard() == ""
    user.at.ask.yes = True
    dialog.copy()
    user.settle()
    assert "2,400,000" in clipboard()
    line, _held = last(user)
    assert (line.way, line.options["what"], line.confidential) == ("copy", "totals:activity", 1)
    dialog.reject()


# Paper


def test_a_mark_that_was_only_typed_counts_when_the_record_is_printed(on_page: OnPage) -> None:
    user = on_page(Pledge(unit=UNIT, title=SECRET))
    user.page.form.body.editors["title"].setFocus()
    editor = user.page.form.body.editors["confidential"]
    editor.set_raw("secret")
    editor.changed.emit()
    print_page(user.page)
    user.settle()
    dialog = user.dialog(PrintDialog)
    dialog.choices.button([offer.key for offer in dialog._offers].index("record")).setChecked(True)
    user.at.ask.about_unsaved = Answer.SAVE
    dialog.go()
    user.settle()
    assert user.all_of(Pledge)[-1].confidential == "secret"
    assert user.open_dialogs(PreviewDialog) == []
    assert "现在标有密级，没有打印" in dialog.work.banner.text.text()
    dialog.reject()


def test_a_pledge_marked_since_it_was_shown_makes_no_notice_unasked(on_page: OnPage) -> None:
    user = on_page(Pledge(unit=UNIT, title=SECRET, published_on=DAY, status="published"))
    (pledge,) = (one for one in user.all_of(Pledge) if one.title == SECRET)
    dialog = NoticeDialog(user.page.place, pledge)
    user.change(lambda ledger: ledger.save(replace(pledge, confidential="internal")))
    user.at.ask.yes = False
    dialog.go()
    user.settle()
    assert "1 条有密级的记录" in user.at.ask.asked[-1]
    assert user.open_dialogs(PreviewDialog) == []
    dialog.reject()


@pytest.mark.parametrize("yes", [False, True])
def test_a_check_sheet_with_a_mark_is_shown_after_a_question(on_page: OnPage, yes: bool) -> None:
    items = (Item(key="a", item=SECRET),)
    user = on_page(Inspection(unit=UNIT, title=SECRET, items=items, confidential="secret"))
    user.at.ask.yes = yes
    (inspection,) = user.all_of(Inspection)
    print_sheet(user.page.place, inspection)
    user.settle()
    assert "将打印 1 条有密级的记录" in user.at.ask.asked[-1]
    shown = user.open_dialogs(PreviewDialog)
    assert len(shown) == int(yes)
    for dialog in shown:
        dialog.reject()


# Files


def test_a_file_of_a_record_with_a_mark_is_saved_elsewhere_after_a_question_and_noted(
    on_page: OnPage, tmp_path: Path
) -> None:
    user = on_page(Pledge(unit=UNIT, title=SECRET, confidential="secret"))
    shown_id = user.page.shown_id

    def attach(ledger: Ledger) -> object:
        file = ledger.attachments.add("门禁图".encode(), "门禁.txt")
        found = ledger.get(shown_id)
        assert found is not None
        return ledger.save(replace(found, attachments=(file,)))

    user.change(attach)
    user.page.show_record(shown_id)
    user.settle()
    editor = user.page.form.body.editors["attachments"]
    assert isinstance(editor, AttachmentsEditor)
    user.at.ask.path = tmp_path / "出去.txt"
    for yes in (False, True):
        user.at.ask.yes = yes
        editor.save_as(editor.list.item(0))
        user.settle()
        assert "出去.txt 将带上 1 条有密级的记录的内容" in user.at.ask.asked[-1]
        assert user.at.ask.path.exists() == yes
        assert len(log_of(user.at.session.path)) == int(yes)
    line, held = last(user)
    assert (line.way, line.target, line.confidential) == ("file", str(user.at.ask.path), 1)
    assert set(held) == {shown_id}
    assert editor.message.text() == ""


def test_a_copy_that_was_opened_goes_when_the_program_ends(
    on_page: OnPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = on_page(Pledge(unit=UNIT, title=SECRET))
    file: list[str] = []
    user.change(lambda ledger: file.append(ledger.attachments.add(b"x", "a.txt").sha256))
    at_end: list[Callable[[], object]] = []
    monkeypatch.setattr(
        atexit,
        "register",
        lambda do, *given, **named: at_end.append(lambda: do(*given, **named)),
    )
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices,
        "openUrl",
        lambda url: opened.append(Path(url.toLocalFile())),
    )
    attached_file.open_copy(
        user.at.session, "a.txt", file[0], owner=user.page, failed=user.at.failures.append
    )
    user.settle()
    assert opened[0].read_bytes() == b"x"
    assert opened[0].parent.stat().st_mode & 0o077 == 0
    for end in at_end:
        end()
    assert not opened[0].parent.exists()


@pytest.mark.parametrize("marked", ["the report", "what a comment names"])
def test_comments_that_name_something_with_a_mark_go_back_after_a_question(
    on_page: OnPage, tmp_path: Path, marked: str
) -> None:
    user = on_page(Finding(unit="350301", title=SECRET, confidential="secret"))
    comment = Comment(key="a", about=SECRET, text="请补充", due_on=DAY, record=user.page.shown_id)
    sent = Submission(
        unit=UNIT, reporter="350301", received_on=DAY, returned_on=DAY, status="returned",
        comments=(comment,) if marked != "the report" else (replace(comment, record=""),),
        confidential="secret" if marked == "the report" else "",
    )  # fmt: skip
    user.change(lambda ledger: ledger.save(sent))
    (kept,) = user.all_of(Submission)
    user.at.ask.path = tmp_path / "退回.sanyou-return.json"
    for yes in (False, True):
        user.at.ask.yes = yes
        export_return(user.page.place, kept)
        user.settle()
        assert "将带上 1 条有密级的记录的内容" in user.at.ask.asked[-1]
        assert user.at.ask.path.exists() == yes
    assert read_return(user.at.ask.path, "350301").comments[0].about == SECRET
    line, _held = last(user)
    assert (line.way, line.confidential) == ("return", 1)


def test_a_receipt_whose_comments_name_something_with_a_mark_is_printed_after_a_question(
    on_page: OnPage, tmp_path: Path
) -> None:
    user = on_page(Finding(unit="350301", title=SECRET, confidential="secret"))
    comment = Comment(key="a", about=SECRET, text="请补充", due_on=DAY, record=user.page.shown_id)
    sent = Submission(
        unit=UNIT, reporter="350301", received_on=DAY, returned_on=DAY, status="returned",
        comments=(comment,),
    )  # fmt: skip
    user.change(lambda ledger: ledger.save(sent))
    (kept,) = user.all_of(Submission)
    user.at.ask.yes = False
    print_receipt(user.page.place, kept)
    user.settle()
    assert "1 条有密级的记录" in user.at.ask.asked[-1]
    assert user.open_dialogs(PreviewDialog) == []
    user.at.ask.yes = True
    print_receipt(user.page.place, kept)
    user.settle()
    shown = user.dialog(PreviewDialog)
    user.settle()
    user.at.ask.path = tmp_path / "回执.pdf"
    user.qtbot.mouseClick(shown.pdf, Qt.MouseButton.LeftButton)
    user.settle()
    line, _held = last(user)
    assert (line.way, line.records, line.confidential) == ("print", 2, 1)
    with Ledger.open(user.at.session.path, read_only=True) as ledger:
        assert without_marked_names(ledger, kept) != kept
        assert SECRET not in str(without_marked_names(ledger, kept))
    shown.reject()


def test_what_a_superior_says_of_something_with_a_mark_becomes_a_finding_with_it(
    on_page: OnPage,
) -> None:
    user = on_page(Pledge(unit=UNIT, title=SECRET, confidential="secret"))
    comment = Comment(key="a", about=SECRET, text="请补充", record=user.page.shown_id)
    sent = Submission(id="s", unit="350000", reporter=UNIT, received_on=DAY, comments=(comment,))
    user.change(lambda ledger: take_return(ledger, SentBack.of(sent, "省局")))
    (finding,) = user.all_of(Finding)
    assert SECRET in finding.title
    assert finding.confidential == "secret"


def test_a_chase_list_with_a_mark_is_copied_and_printed_after_a_question(on_page: OnPage) -> None:
    user = on_page(Pledge(unit=UNIT, title="别的"))
    request = ReportRequest(id="r", unit=UNIT, title=SECRET, confidential="secret", due_on=DAY)
    unit = Unit(
        id="u", unit=UNIT, code="350301", name="某局", phone="0595-1", confidential="secret"
    )
    owing = Owed("350301", "某局", "", "0595-1", Place(MISSING, 5))
    dialog = ChaseDialog(user.page, user.at.session, Chase(request, [owing], [unit]))
    for copy in (dialog.copy_list.click, dialog.copy_notice.click, dialog.table.copy):
        user.at.ask.yes = False
        QGuiApplication.clipboard().setText("")
        copy()
        assert "有密级的 2 条" in user.at.ask.asked[-1]
        assert clipboard() == ""
        user.at.ask.yes = True
        copy()
        user.settle()
        assert "某局" in clipboard()
        line, held = last(user)
        assert (line.way, line.confidential, set(held)) == ("copy", 2, {"r", "u"})
    user.at.ask.yes = False
    dialog.print.click()
    assert "将打印 2 条有密级的记录" in user.at.ask.asked[-1]
    assert dialog.findChild(PreviewDialog) is None
    dialog.reject()
