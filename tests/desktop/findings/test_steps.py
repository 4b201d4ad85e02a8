"""The loop by keyboard: every step, what is refused, a second round, closing and reopening."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.findings.due_dates import DueDateEditor
from sanyou_desktop.ledger import holidays
from sanyou_desktop.ledger.holidays import shipped_tables
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import rectification
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.working_days import HolidayTable, WorkingDays
from tests.desktop.findings.conftest import Clerk, picture

TITLE = "走廊灯不亮"
TODAY = PartialDate.of(date.today())


def primary(clerk: Clerk) -> list[str]:
    """Return the deeds offered as the one that is awaited."""
    buttons = clerk.page.form.deeds.buttons
    return [
        key
        for key, made in buttons.items()
        if made.isVisible() and made.property("role") == "primary"
    ]


def judge(clerk: Clerk, verdict: str) -> None:
    """Choose the verdict with the arrow keys."""
    box = clerk.asked.editors["verdict"].focusProxy()
    assert box is not None
    box.setFocus()
    clerk.qtbot.keyClick(box, Qt.Key.Key_Home)
    for _step in range(["passed", "failed"].index(verdict) + 1):
        clerk.qtbot.keyClick(box, Qt.Key.Key_Down)


def test_the_whole_loop_by_keyboard(clerk: Clerk) -> None:
    clerk.show(TITLE)
    hint = clerk.page.form.head.hint
    assert (primary(clerk), hint.text()) == (["begin"], "等待开始整改")

    assert clerk.open(1).editors["person"].raw() == "张三"
    clerk.type("due_on", "2099-01-05")
    clerk.type("measure", "更换灯管")
    clerk.confirm()
    assert primary(clerk) == ["rectify"]
    assert hint.text().startswith("等待登记整改，还有")

    clerk.open(2)
    clerk.type("done", "已更换灯管")
    clerk.confirm()
    assert primary(clerk) == ["recheck"]

    assert "已更换灯管" in texts(clerk.open(3))
    clerk.type("by", "李四")
    judge(clerk, "failed")
    clerk.type("opinion", "仍有一盏不亮")
    clerk.confirm()
    assert clerk.now(TITLE).status == "rectifying"
    assert hint.text().startswith("复查退回，等待第 2 轮整改")

    assert "仍有一盏不亮" in texts(clerk.open(2))
    clerk.type("done", "已更换接头")
    clerk.confirm()

    assert clerk.open(3).editors["by"].raw() == "李四"
    judge(clerk, "passed")
    clerk.confirm()
    assert primary(clerk) == ["reply"]

    assert clerk.open(4).editors["close"].raw() is True
    clerk.type("reply", "灯已修好")
    clerk.confirm()
    closed = clerk.now(TITLE)
    assert (closed.status, closed.closed_on, closed.replied_on) == ("closed", TODAY, TODAY)
    assert [one.verdict for one in closed.rounds] == ["failed", "passed"]
    assert hint.text() == ""

    clerk.open(7)
    clerk.type("reason", "又不亮了")
    clerk.confirm()
    opened = clerk.now(TITLE)
    assert (opened.status, opened.reopenings[0].by) == ("rectifying", "李四")
    assert primary(clerk) == ["rectify"]
    assert not clerk.at.failures
    with Ledger.open(clerk.at.session.path, read_only=True) as ledger:
        assert ledger.verify() == []


def texts(dialog: object) -> str:
    assert isinstance(dialog, QWidget)
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_replying_first_and_closing_later(clerk: Clerk) -> None:
    clerk.show(TITLE)
    assert "close" not in clerk.open(4).editors
    clerk.type("reply", "已安排维修")
    clerk.confirm()
    clerk.open(2)
    clerk.type("done", "修好了")
    clerk.confirm()
    clerk.open(3)
    clerk.type("by", "李四")
    judge(clerk, "passed")
    clerk.confirm()
    assert primary(clerk) == ["close"]
    clerk.open(5)
    clerk.confirm()
    assert clerk.now(TITLE).status == "closed"


def test_what_cannot_be_rectified_at_once(clerk: Clerk) -> None:
    clerk.show(TITLE)
    clerk.open(6)
    clerk.confirm()
    assert clerk.asked.fields["reason"].error == "必填，请填写"
    clerk.type("reason", "等厂家发货，月底更换")
    clerk.confirm()
    kept = clerk.now(TITLE)
    assert (kept.status, kept.continuing_reason) == ("continuing", "等厂家发货，月底更换")


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(clerk: Clerk) -> None:
    clerk.show(TITLE)
    clerk.open(2)
    clerk.type("done", "修好了")
    clerk.confirm()
    before = clerk.now(TITLE)

    dialog = clerk.open(3)
    clerk.type("by", "张三")
    judge(clerk, "passed")
    clerk.type("opinion", "合格")
    clerk.confirm()
    assert dialog.isVisible()
    assert dialog.fields["by"].error == "复查人须填写，且不能是整改人本人"
    assert dialog.editors["opinion"].raw() == "合格"
    assert clerk.now(TITLE) == before

    clerk.type("by", "李四")
    assert dialog.fields["by"].error == ""
    clerk.confirm()
    assert clerk.now(TITLE).rounds[-1].verdict == "passed"


@pytest.mark.parametrize(
    ("day", "told"), [("2026-03", "请写明是哪一天"), ("三月", "不是日期"), ("", "必填")]
)
def test_a_day_must_be_a_day(clerk: Clerk, day: str, told: str) -> None:
    clerk.show(TITLE)
    dialog = clerk.open(2)
    clerk.type("done", "修好了")
    clerk.type("on", day or " ")
    clerk.confirm()
    assert told in dialog.fields["on"].error


def test_what_concerns_no_field_of_the_dialog_is_told_on_top(clerk: Clerk) -> None:
    """Meanwhile the finding went on elsewhere: the step does not fit it any more."""
    clerk.show(TITLE)
    dialog = clerk.open(2)
    clerk.type("done", "修好了")

    def go_on(ledger: Ledger) -> object:
        now = ledger.get(clerk.page.shown_id)
        assert isinstance(now, Finding)
        return ledger.save(
            rectification.rectify(now, on=date.today(), by="张三", rectification="先修")
        )

    clerk.change(go_on)
    clerk.confirm()
    assert dialog.banner.isVisible()
    assert "请先填写这一轮的复查结论" in dialog.banner.text.text()
    assert dialog.editors["done"].raw() == "修好了"


def test_a_finding_that_was_deleted_meanwhile(clerk: Clerk) -> None:
    clerk.show(TITLE)
    dialog = clerk.open(2)
    clerk.type("done", "修好了")
    wanted = clerk.now(TITLE).id
    clerk.change(lambda ledger: ledger.delete([wanted]))
    clerk.confirm()
    assert "已被删除" in dialog.banner.text.text()


def test_escape_asks_only_once_something_was_typed(clerk: Clerk) -> None:
    clerk.show(TITLE)
    dialog = clerk.open(2)
    clerk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert clerk.open_dialogs(FieldsDialog) == []
    assert clerk.at.ask.asked == []

    dialog = clerk.open(2)
    clerk.type("done", "修好了")
    clerk.at.ask.yes = False
    clerk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.editors["done"].raw() == "修好了"
    clerk.at.ask.yes = True
    clerk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert clerk.open_dialogs(FieldsDialog) == []
    assert clerk.now(TITLE).rounds == ()


def test_return_in_a_line_confirms_and_in_a_text_is_a_new_line(clerk: Clerk) -> None:
    clerk.show(TITLE)
    dialog = clerk.open(6)
    clerk.type("reason", "第一行")
    box = QApplication.focusWidget()
    assert box is not None
    clerk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert dialog.isVisible()
    clerk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    clerk.open(1)
    clerk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    clerk.settle()
    assert clerk.now(TITLE).status == "rectifying"


def test_a_step_is_one_action_that_can_be_taken_back(clerk: Clerk) -> None:
    clerk.show(TITLE)
    clerk.open(2)
    clerk.type("done", "修好了")
    clerk.confirm()
    operations = clerk.at.session.operations
    assert operations.undo_text == f"登记整改「{TITLE}」"
    operations.undo()
    clerk.settle()
    assert (clerk.now(TITLE).status, clerk.now(TITLE).rounds) == ("open", ())
    assert primary(clerk) == ["begin"]


def test_photos_of_the_rectification_belong_to_its_round(clerk: Clerk) -> None:
    clerk.show(TITLE)
    dialog = clerk.open(2)
    clerk.type("done", "修好了")
    photos = dialog.editors["photos"]
    assert isinstance(photos, AttachmentsEditor)
    photos._add(picture("#c02040"), "后.png")  # as the clipboard hands it over
    # Not waited for: confirming does.
    clerk.confirm()
    kept = clerk.now(TITLE)
    (photo,) = kept.attachments
    assert (photo.stage, photo.round) == ("after", kept.rounds[0].key)


def test_working_days_are_one_click_away(clerk: Clerk) -> None:
    clerk.show(TITLE)
    due = clerk.open(1).editors["due_on"]
    assert isinstance(due, DueDateEditor)
    clerk.qtbot.mouseClick(due.usual[5], Qt.MouseButton.LeftButton)
    clerk.settle()
    assert due.raw() == WorkingDays.of(shipped_tables()).after(date.today(), 5).isoformat()


def test_a_day_counted_without_a_holiday_table_is_told(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.show(TITLE)
    due = clerk.open(1).editors["due_on"]
    assert isinstance(due, DueDateEditor)
    years = range(date.today().year, date.today().year + 2)
    every = [HolidayTable(year, frozenset()) for year in years]
    monkeypatch.setattr(holidays, "shipped_tables", lambda: every)
    clerk.qtbot.mouseClick(due.usual[3], Qt.MouseButton.LeftButton)
    clerk.settle()
    assert due.note.isHidden()
    monkeypatch.setattr(holidays, "shipped_tables", list)
    clerk.qtbot.mouseClick(due.usual[5], Qt.MouseButton.LeftButton)
    clerk.settle()
    assert due.note.isVisible()
    assert due.note.text().startswith(f"{date.today().year}")
    assert "没有节假日表，只避开周末" in due.note.text()
    due.set_raw("2099-01-05")
    assert due.note.isHidden()


def test_a_dialog_grows_with_its_messages(qtbot: QtBot, clerk: Clerk) -> None:
    clerk.show(TITLE)
    dialog = clerk.open(2)
    height = dialog.height()
    clerk.type("by", " ")
    clerk.confirm()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert dialog.fields["by"].error
    assert dialog.height() > height
