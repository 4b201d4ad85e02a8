"""Judging by the keyboard alone: score, save, raise findings, close, and find it all again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.inspections.former import former_of
from sanyou_desktop.desktop.inspections.on_site import OnSite
from sanyou_desktop.desktop.inspections.sheet_keys import BY_KEY, SHEET_KEYS
from sanyou_desktop.desktop.inspections.sheet_model import FINDING, PLACES, SCORE, SheetModel
from sanyou_desktop.desktop.inspections.sheet_view import SheetView
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Round
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.raising import finding_of
from sanyou_desktop.model.reinspection import reinspection
from tests.desktop.clerk import compose
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.inspections.conftest import OpenCopy, items, page_of

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = PartialDate.of(date.today())


def opened(qtbot: QtBot, at: Desk, page: RecordPage) -> OnSite:
    """Open the sheet with its key, from the list."""
    # Without a window manager nobody else does it when a dialog has gone.
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page.list.table, K.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.findChild(OnSite) is not None)
    sheet = page.findChild(OnSite)
    assert isinstance(sheet, OnSite)
    qtbot.waitUntil(sheet.table.hasFocus)
    return sheet


def press(qtbot: QtBot, sheet: OnSite, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(sheet.table, key)


def type_here(qtbot: QtBot, sheet: OnSite, key: Qt.Key, text: str) -> None:
    """Open the line in a cell with a key, type as an input method does, and press Return."""
    press(qtbot, sheet, key)
    line = sheet.table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    compose(line, text)
    qtbot.keyClick(line, K.Key_Return)
    qtbot.waitUntil(lambda: sheet.table.findChild(QLineEdit) is None)


def refused_line(qtbot: QtBot, table: SheetView) -> QLineEdit:
    """Return the line with what was refused, once it is there to be mended."""
    qtbot.waitUntil(lambda: table.has_refused and isinstance(QApplication.focusWidget(), QLineEdit))
    found = QApplication.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


def closed(qtbot: QtBot, at: Desk, page: RecordPage, sheet: OnSite) -> None:
    qtbot.keyClick(sheet, K.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(OnSite) is None)
    settled(qtbot, at.session)


@pytest.fixture
def at(desk: OpenCopy, rounds: Path) -> Desk:
    return desk(rounds)


def test_twelve_items_are_scored_saved_and_found_again(qtbot: QtBot, at: Desk) -> None:
    page, _record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    # Ten pass, one fails in three places, one does not apply.
    press(qtbot, sheet, *([K.Key_1] * 5), *([K.Key_Space] * 5))
    press(qtbot, sheet, K.Key_2, K.Key_Plus, K.Key_Plus)
    type_here(qtbot, sheet, K.Key_Return, "三处物品乱放")
    press(qtbot, sheet, K.Key_3)
    figures = {key: label.text() for key, label in sheet.score.figures.items()}
    assert figures == {
        "points": "104 / 110",
        "rate": "94.5%",
        "converted": "113.5 / 120",
        "self": "110（核定 +3.5）",
        "failed": "1 项",
        "judged": "12 / 12",
    }
    assert sheet.score.state.text == "全部已判定"
    qtbot.keyClick(sheet.table, K.Key_S, CONTROL)
    settled(qtbot, at.session)
    assert "已保存" in sheet.state.text()
    closed(qtbot, at, page, sheet)
    assert at.ask.asked == []
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert (saved.status, saved.inspected_on) == ("done", TODAY)
    assert [item.result for item in saved.items] == ["pass"] * 10 + ["fail", "na"]
    assert (saved.items[10].occurrences, saved.items[10].remark) == (3, "三处物品乱放")
    assert saved.outcome().points == 104
    # The form shows what was saved, and the sheet opens on it again.
    assert page.form.draft.base == saved
    again = opened(qtbot, at, page)
    assert again.model.items == list(saved.items)
    closed(qtbot, at, page, again)


def test_one_key_raises_the_finding_once_and_then_opens_it(qtbot: QtBot, at: Desk) -> None:
    page, _record = page_of(qtbot, at, "inspection")
    shown: list[str] = []
    page.reference_opened.connect(shown.append)
    sheet = opened(qtbot, at, page)
    press(qtbot, sheet, K.Key_F)
    assert "请先按 2" in sheet.state.text()
    press(qtbot, sheet, K.Key_1, K.Key_1, K.Key_2)
    assert sheet.score.state.text == "一票否决：整体不合格"
    press(qtbot, sheet, K.Key_F)
    settled(qtbot, at.session)
    (found,) = at.stored("finding")
    assert isinstance(found, Finding)
    assert (found.item_key, found.item, found.severity) == ("row3", 2, "critical")
    assert (found.department, found.raised_by, found.themes) == ("车队", "张三", ("conduct",))
    assert sheet.model.text(2, FINDING) == found.number
    assert sheet.inspection.status == "done"
    # Another key, another finding; the first one is opened, not doubled.
    press(qtbot, sheet, K.Key_Down, K.Key_2, K.Key_F)
    settled(qtbot, at.session)
    assert len(at.stored("finding")) == 2
    press(qtbot, sheet, K.Key_Up, K.Key_F)
    qtbot.waitUntil(lambda: shown == [found.id])
    settled(qtbot, at.session)
    assert len(at.stored("finding")) == 2
    assert "已转问题 2 条（待整改 2）" in page.form.related.labels[0].text()
    assert at.failures == []


def test_what_is_not_saved_is_asked_about_and_kept_as_a_draft(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    press(qtbot, sheet, K.Key_2, K.Key_Plus)
    qtbot.waitUntil(lambda: "草稿已保留" in sheet.state.text(), timeout=4000)
    with Ledger.open(at.session.path, read_only=True) as ledger:
        (kept,) = ledger.drafts.all()
    assert kept.record_id == record.id
    assert kept.raw["items"][0]["occurrences"] == "2"  # type: ignore[index,call-overload]  # JSON
    qtbot.keyClick(sheet, K.Key_Escape)
    assert at.ask.asked == ["「办公秩序检查」有尚未保存的判定。"]
    assert sheet.isVisible()
    at.ask.about_unsaved = Answer.DISCARD
    closed(qtbot, at, page, sheet)
    assert at.stored("inspection") == [record]
    with Ledger.open(at.session.path, read_only=True) as ledger:
        assert ledger.drafts.all() == []


def test_saving_is_one_answer_to_the_question(qtbot: QtBot, at: Desk) -> None:
    page, _record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    press(qtbot, sheet, K.Key_1)
    at.ask.about_unsaved = Answer.SAVE
    closed(qtbot, at, page, sheet)
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert saved.items[0].result == "pass"


def test_what_is_judged_while_saving_is_saved_next(qtbot: QtBot, at: Desk) -> None:
    page, _record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    press(qtbot, sheet, K.Key_1)
    sheet.save()
    press(qtbot, sheet, K.Key_3)
    at.ask.about_unsaved = Answer.SAVE
    closed(qtbot, at, page, sheet)
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert [item.result for item in saved.items[:3]] == ["pass", "na", ""]


def test_what_was_saved_elsewhere_is_not_overwritten(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    assert isinstance(record, Inspection)
    at.session.jobs.write(
        lambda ledger: ledger.save(replace(record, title="改过的标题")),
        lambda _saved: None,
        owner=page,
    )
    settled(qtbot, at.session)
    press(qtbot, sheet, K.Key_1)
    sheet.save()
    settled(qtbot, at.session)
    assert "您填写的内容还在这里" in sheet.banner.text.text()
    sheet.banner.action.click()
    settled(qtbot, at.session)
    sheet.save()
    settled(qtbot, at.session)
    closed(qtbot, at, page, sheet)
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert (saved.title, saved.items[0].result) == ("改过的标题", "pass")


def test_what_others_judged_meanwhile_stays_beside_what_was_judged_here(
    qtbot: QtBot, at: Desk
) -> None:
    page, record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    assert isinstance(record, Inspection)
    third = replace(record.items[2], result="fail", occurrences=1, remark="别人判的")
    # The second item, which is judged here, is no more in the list.
    theirs = replace(record, items=(record.items[0], third, *record.items[3:]))
    at.session.jobs.write(
        lambda ledger: ledger.save(theirs), lambda _saved: None, owner=at.session.jobs
    )
    settled(qtbot, at.session)
    press(qtbot, sheet, K.Key_1, K.Key_1, K.Key_Down)
    sheet.save()
    settled(qtbot, at.session)
    sheet.banner.action.click()
    settled(qtbot, at.session)
    assert sheet.banner.text.text().startswith("您判定过的 1 项在最新版本中已被删去")
    assert sheet.table.row == 3
    sheet.save()
    settled(qtbot, at.session)
    closed(qtbot, at, page, sheet)
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert [item.result for item in saved.items[:3]] == ["pass", "fail", ""]
    assert (saved.items[1].remark, len(saved.items)) == ("别人判的", 11)


def test_one_deleted_meanwhile_is_not_saved_and_says_where_it_is(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    at.session.jobs.write(
        lambda ledger: ledger.delete([record.id]), lambda _done: None, owner=at.session.jobs
    )
    settled(qtbot, at.session)
    press(qtbot, sheet, K.Key_1)
    sheet.save()
    settled(qtbot, at.session)
    told = sheet.banner.text.text()
    assert told.startswith("没有保存：这条记录已在别处被删除；请先在回收站里恢复它，再保存")
    assert sheet.is_dirty


def test_its_key_pressed_twice_opens_one_sheet(qtbot: QtBot, at: Desk) -> None:
    page, _record = page_of(qtbot, at, "inspection")
    with qtbot.waitActive(page):
        page.activateWindow()
    for _time in range(2):
        qtbot.keyClick(page.list.table, K.Key_1, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, at.session)
    qtbot.waitUntil(lambda: len(page.findChildren(OnSite)) == 1)
    assert [sheet.isVisible() for sheet in page.findChildren(OnSite)] == [True]


def test_what_a_cell_cannot_have_is_refused_with_the_reason(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "inspection")
    assert isinstance(record, Inspection)
    sheet = opened(qtbot, at, page)
    row = next(n for n, item in enumerate(record.items) if item.full_score is not None)
    for column, typed, told in (
        (SCORE, "5000", f"第 {row + 1} 项没有改动：得分 5000 不在 0 到满分"),
        (SCORE, "-1", f"第 {row + 1} 项没有改动：不能小于 0"),
        (PLACES, "一处", f"第 {row + 1} 项没有改动："),
    ):
        assert not sheet.model.setData(sheet.model.index(row, column), typed)
        assert sheet.state.text().startswith(told)
    assert sheet.model.items == list(record.items)
    closed(qtbot, at, page, sheet)


def test_what_was_refused_is_there_to_be_mended_and_not_cut_off(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)

    press(qtbot, sheet, K.Key_2, K.Key_Return)
    long = "物" * 2001
    begun = sheet.table.findChild(QLineEdit)
    assert isinstance(begun, QLineEdit)
    begun.setText(long)
    qtbot.keyClick(begun, K.Key_Return)
    assert refused_line(qtbot, sheet.table).text() == long
    assert sheet.state.text().startswith("第 1 项没有改动：最多 2000 字")
    # Nothing is saved or left behind its back.
    sheet.save()
    sheet.reject()
    settled(qtbot, at.session)
    assert sheet.isVisible()
    assert at.stored("inspection") == [record]
    again = refused_line(qtbot, sheet.table)
    assert again.text() == long
    again.setText("物品乱放")
    qtbot.keyClick(again, K.Key_Return)
    qtbot.waitUntil(lambda: sheet.table.findChild(QLineEdit) is None)
    assert sheet.table.row == 1
    # Given up by Esc, it is as it was.
    press(qtbot, sheet, K.Key_Slash)
    figure = sheet.table.findChild(QLineEdit)
    assert isinstance(figure, QLineEdit)
    figure.setText("1234567890123456")
    qtbot.keyClick(figure, K.Key_Return)
    qtbot.keyClick(refused_line(qtbot, sheet.table), K.Key_Escape)
    qtbot.waitUntil(lambda: sheet.table.findChild(QLineEdit) is None)
    sheet.save()
    settled(qtbot, at.session)
    closed(qtbot, at, page, sheet)
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert (saved.items[0].remark, saved.items[1].occurrences) == ("物品乱放", None)


# The table alone


def view(qtbot: QtBot, count: int = 4) -> tuple[SheetView, SheetModel]:
    model = SheetModel(items(count), {})
    made = SheetView(model)
    qtbot.addWidget(made)
    made.resize(900, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made, model


def test_places_are_counted_typed_and_taken_off(qtbot: QtBot) -> None:
    table, model = view(qtbot)
    for key in (K.Key_Plus, K.Key_Plus, K.Key_Minus):
        qtbot.keyClick(table, key)
    assert (model.items[0].result, model.items[0].occurrences) == ("fail", 1)
    for text, places in (("9", 9), ("一处", 9), ("0", None)):
        qtbot.keyClick(table, K.Key_Slash)
        line = table.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText(text)
        qtbot.keyClick(line, K.Key_Return)
        if text == "一处":
            qtbot.keyClick(refused_line(qtbot, table), K.Key_Escape)
        qtbot.waitUntil(lambda: table.findChild(QLineEdit) is None)
        assert model.items[0].occurrences == places
        assert table.row == 0
    assert (model.items[0].result, model.items[0].score) == ("pass", Decimal(10))
    qtbot.keyClick(table, K.Key_Minus)
    qtbot.keyClick(table, K.Key_0)
    assert model.items == list(items(4))


def test_escape_leaves_a_remark_as_it_was(qtbot: QtBot) -> None:
    table, model = view(qtbot)
    qtbot.keyClick(table, K.Key_Return)
    line = table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText("不要")
    qtbot.keyClick(line, K.Key_Escape)
    qtbot.waitUntil(lambda: table.findChild(QLineEdit) is None)
    assert model.items[0].remark == ""
    assert table.row == 0


def test_only_what_is_not_judged_is_shown_until_one_goes_on(qtbot: QtBot) -> None:
    table, model = view(qtbot)
    qtbot.keyClick(table, K.Key_1)
    model.show_only_unjudged(only=True)
    assert [model.place(row) for row in range(model.rowCount())] == [1, 2, 3]
    # What failed stays, to say why; then it goes.
    qtbot.keyClick(table, K.Key_2)
    assert [model.place(row) for row in range(model.rowCount())] == [1, 2, 3]
    qtbot.keyClick(table, K.Key_Down)
    assert [model.place(row) for row in range(model.rowCount())] == [2, 3]
    assert table.row == 0
    qtbot.keyClick(table, K.Key_1)
    qtbot.keyClick(table, K.Key_3)
    model.show_only_unjudged(only=False)
    assert [item.result for item in model.items] == ["pass", "fail", "pass", "na"]
    for key, row in ((K.Key_End, 3), (K.Key_Home, 0), (K.Key_PageDown, 3), (K.Key_PageUp, 0)):
        qtbot.keyClick(table, key)
        assert table.row == row


def test_a_long_item_gets_the_height_it_needs(qtbot: QtBot) -> None:
    table, model = view(qtbot)
    before = table.rowHeight(0)
    model.change(0, lambda item: replace(item, remark="问题" * 60))
    assert table.rowHeight(0) > before


def test_each_key_does_one_thing() -> None:
    assert len(BY_KEY) == sum(len(one.keys) for one in SHEET_KEYS)


def test_the_units_own_score_is_typed_where_it_stands(qtbot: QtBot, at: Desk) -> None:
    page, _record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    press(qtbot, sheet, K.Key_S)
    typing = sheet.score.typing
    qtbot.waitUntil(typing.hasFocus)
    assert typing.text() == "110"
    compose(typing, "118.5")
    qtbot.keyClick(typing, K.Key_Return)
    # Return is not a new remark, and the keys judge again.
    qtbot.waitUntil(sheet.table.hasFocus)
    assert sheet.score.figures["self"].text() == "118.5"
    # What is no number, and what is taken back, leave it as it was.
    press(qtbot, sheet, K.Key_S)
    compose(typing, "很好")
    qtbot.keyClick(typing, K.Key_Return)
    assert "自评分没有改动" in sheet.state.text()
    press(qtbot, sheet, K.Key_S)
    compose(typing, "3")
    qtbot.keyClick(typing, K.Key_Escape)
    assert sheet.isVisible()
    qtbot.waitUntil(sheet.table.hasFocus)
    assert sheet.self_score == Decimal("118.5")
    # Nobody has judged anything yet: it is still only planned.
    qtbot.keyClick(sheet.table, K.Key_S, CONTROL)
    settled(qtbot, at.session)
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert (saved.self_score, saved.status) == (Decimal("118.5"), "planned")
    assert sheet.state.text().startswith("已保存")
    # What is still being typed is saved too.
    press(qtbot, sheet, K.Key_1, K.Key_S)
    compose(typing, "119")
    qtbot.keyClick(typing, K.Key_S, CONTROL)
    settled(qtbot, at.session)
    (saved,) = at.stored("inspection")
    assert isinstance(saved, Inspection)
    assert (saved.self_score, saved.status) == (Decimal(119), "done")
    closed(qtbot, at, page, sheet)


def test_what_is_inspected_again_says_what_was_wrong_and_raises_no_second_finding(
    qtbot: QtBot, at: Desk
) -> None:
    page, _record = page_of(qtbot, at, "inspection")
    sheet = opened(qtbot, at, page)
    press(qtbot, sheet, K.Key_2, K.Key_Plus)
    type_here(qtbot, sheet, K.Key_Return, "两处物品乱放")
    press(qtbot, sheet, K.Key_2, K.Key_Up, K.Key_F)
    settled(qtbot, at.session)
    closed(qtbot, at, page, sheet)
    (finding,) = at.stored("finding")
    (held,) = at.stored("inspection")
    assert isinstance(held, Inspection)
    again = replace(reinspection(held, TODAY), title="再查一遍")
    at.session.operations.run(lambda ledger: ledger.save(again), owner=page)
    settled(qtbot, at.session)
    page.show_record(next(one.id for one in at.stored("inspection") if one.title == "再查一遍"))
    settled(qtbot, at.session)
    sheet = opened(qtbot, at, page)
    assert [item.item for item in sheet.model.items] == [item.item for item in held.items[:2]]
    assert list(sheet.model.before.values()) == [
        "上次不合格：2 处，两处物品乱放", "上次不合格：1 处",
    ]  # fmt: skip
    # The problem of last time stands beside the item until it is closed.
    assert sheet.model.text(0, FINDING) == finding.number
    assert sheet.model.text(1, FINDING) == ""
    press(qtbot, sheet, K.Key_2, K.Key_Down, K.Key_2)
    qtbot.keyClick(sheet.table, K.Key_S, CONTROL)
    settled(qtbot, at.session)
    closed(qtbot, at, page, sheet)
    page.form.deeds.buttons["raise_all"].click()
    settled(qtbot, at.session)
    known, new = at.stored("finding")
    assert known.id == finding.id
    assert isinstance(new, Finding)
    assert new.title.startswith(held.items[1].item)


def test_a_problem_that_was_closed_and_is_there_again_is_a_new_one(qtbot: QtBot, at: Desk) -> None:
    item = replace(items(1)[0], key="old", result="fail", occurrences=1, remark="油污")
    first = Inspection(unit=UNIT, title="甲", status="done", inspected_on=TODAY, items=(item,))
    done = Round(key="r", rectified_on=TODAY, by="张三", verified_by="李四", verdict="passed")

    def work(ledger: Ledger) -> list[tuple[str, str]]:
        held = ledger.save(first).record
        assert isinstance(held, Inspection)
        problem = ledger.save(finding_of(held, 0, TODAY)).record
        middle = ledger.save(reinspection(held, TODAY)).record
        assert isinstance(middle, Inspection)
        failed = replace(
            middle, status="done", inspected_on=TODAY,
            items=(replace(middle.items[0], result="fail"),),
        )  # fmt: skip
        middle = ledger.save(failed).record
        assert isinstance(middle, Inspection)
        last = ledger.save(reinspection(middle, TODAY)).record
        assert isinstance(last, Inspection)
        # Over two rounds it is still the same problem.
        (open_yet,) = former_of(ledger, last).values()
        assert isinstance(problem, Finding)
        shut = replace(problem, status="closed", rounds=(done,), reply="已清理", closed_on=TODAY)
        ledger.save(shut)
        (after,) = former_of(ledger, last).values()
        return [(one.told, one.finding.id if one.finding else "") for one in (open_yet, after)] + [
            (problem.id, "")
        ]

    found: list[tuple[str, str]] = []
    at.session.jobs.write(work, found.extend, owner=at.session.jobs)
    settled(qtbot, at.session)
    assert not at.failures
    (problem_id, _none) = found[2]
    assert found[:2] == [("上次不合格", problem_id), ("上次不合格", "")]
