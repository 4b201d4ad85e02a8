"""The page: list and form together, with a real form and a real ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.lists.bulk import BulkChange, BulkRefused
from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import Desk, pledge, settled

OpenCopy = Callable[..., Desk]
WIDE, SMALL = 1360, 1024


def shown(qtbot: QtBot, desk: Desk, kind: str = "pledge", width: int = WIDE) -> RecordPage:
    page = RecordPage(kind, desk.session)
    qtbot.addWidget(page)
    page.resize(width, 760)
    page.show()
    settled(qtbot, desk.session)
    if width == WIDE and kind == "pledge":
        # The form is built a moment after the list was painted.
        qtbot.waitUntil(lambda: bool(page.shown_id))
    return page


def choose(qtbot: QtBot, desk: Desk, page: RecordPage, row: int) -> str:
    page.list.table.select_rows([row], row)
    settled(qtbot, desk.session)
    return page.list.model.id_at(row)


def type_title(page: RecordPage, text: str) -> None:
    page.form.body.editors["title"].findChild(QLineEdit)
    page.form.draft.enter("title", text)


def titles(records: list[Record]) -> list[str]:
    return [record.title for record in records]


def test_the_first_record_is_shown_beside_the_list(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    page = shown(qtbot, desk(few))
    assert page.shown_id == page.list.model.id_at(0)
    assert page.panes.shows_form
    assert page.pane.bar.numbers.text() == "共 5 条"


def test_moving_in_the_list_moves_the_form(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.act("next")
    settled(qtbot, open_desk.session)
    assert page.shown_id == page.list.model.id_at(1)
    page.act("previous")
    settled(qtbot, open_desk.session)
    assert page.shown_id == page.list.model.id_at(0)


def test_unsaved_work_keeps_the_selection_where_it_was(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    before = page.shown_id
    type_title(page, "改到一半")
    choose(qtbot, open_desk, page, 3)
    assert open_desk.ask.asked == ["「改到一半」有尚未保存的修改。"]
    assert page.shown_id == before
    assert page.list.current_id == before
    assert page.list.table.selected_ranges() == [(0, 1)]


def test_discarded_work_lets_the_selection_move_on(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    open_desk.ask.about_unsaved = Answer.DISCARD
    page = shown(qtbot, open_desk)
    type_title(page, "不要了")
    wanted = choose(qtbot, open_desk, page, 3)
    assert page.shown_id == wanted
    assert page.list.table.selected_ranges() == [(3, 1)]
    assert "不要了" not in titles(open_desk.stored("pledge"))


def test_saved_work_lets_the_selection_move_on(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    open_desk.ask.about_unsaved = Answer.SAVE
    page = shown(qtbot, open_desk)
    type_title(page, "改好了")
    wanted = choose(qtbot, open_desk, page, 3)
    qtbot.waitUntil(lambda: page.shown_id == wanted)
    settled(qtbot, open_desk.session)
    assert page.list.table.selected_ranges() == [(3, 1)]
    assert "改好了" in titles(open_desk.stored("pledge"))


def test_a_new_record_is_selected_once_it_is_saved(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.new_button.click()
    assert (page.shown_id, page.list.current_id) == ("", "")
    type_title(page, "三会制度承诺")
    page.act("save")
    settled(qtbot, open_desk.session)
    assert page.list.table.selected_ranges() == [(0, 1)]
    assert page.list.model.index(0, 1).data() == "三会制度承诺"
    assert page.shown_id == page.list.model.id_at(0)
    assert page.pane.bar.numbers.text() == "共 6 条"


def test_a_copy_has_the_content_and_no_number(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    choose(qtbot, open_desk, page, 4)
    page.act("copy_as_new")
    settled(qtbot, open_desk.session)
    assert page.form.draft.typed("title") == "四心服务承诺"
    assert page.form.draft.typed("number") == ""
    assert page.shown_id == ""


def test_delete_goes_to_the_neighbour_and_can_be_taken_back(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    gone = choose(qtbot, open_desk, page, 1)
    neighbour = page.list.model.id_at(2)
    with qtbot.waitSignal(open_desk.session.operations.acted) as told:
        qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    settled(qtbot, open_desk.session)
    assert told.args == ["已删除 1 条记录"]
    assert page.shown_id == neighbour
    assert page.list.model.row_of(gone) is None
    open_desk.session.operations.undo()
    settled(qtbot, open_desk.session)
    assert page.list.model.row_of(gone) == 1
    assert page.shown_id == neighbour


def test_the_last_record_deleted_leaves_the_invitation(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.list.table.selectAll()
    settled(qtbot, open_desk.session)
    page.delete_selected()
    settled(qtbot, open_desk.session)
    assert page.list.currentWidget() is page.list.no_record
    assert not page.panes.shows_form


def test_a_status_is_set_for_all_selected_and_taken_back_at_once(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.list.table.select_rows([1, 2], 2)
    settled(qtbot, open_desk.session)
    assert page.pane.bar.selected.text() == "已选 2 条"
    with qtbot.waitSignal(open_desk.session.operations.acted) as told:
        page.pane.bar.change_wanted.emit(BulkChange("status", ("ended",)))
    settled(qtbot, open_desk.session)
    assert told.args == ["已批量修改 2 条记录的状态"]
    assert [record.status for record in open_desk.stored("pledge")].count("ended") == 3
    assert page.list.table.selected_count() == 2
    open_desk.session.operations.undo()
    settled(qtbot, open_desk.session)
    assert [record.status for record in open_desk.stored("pledge")].count("ended") == 1


def test_the_form_shows_what_a_bulk_change_did_to_its_record(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.list.table.selectAll()
    settled(qtbot, open_desk.session)
    page.pane.bar.change_wanted.emit(BulkChange("department", ("综合科",)))
    settled(qtbot, open_desk.session)
    assert page.form.draft.typed("department") == "综合科"
    assert not page.form.is_dirty


def test_a_bulk_change_that_one_record_cannot_take_changes_none(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    from sanyou_desktop.model.draft import Draft

    open_desk = desk(few)
    findings = [
        Draft.from_json("finding", {"title": title}, "350582-01").accepted()
        for title in ("漏水", "乱停车")
    ]
    open_desk.session.operations.run(
        lambda ledger: ledger.save_many(findings, "示例"), owner=open_desk.session.jobs
    )
    page = shown(qtbot, open_desk, "finding")
    settled(qtbot, open_desk.session)
    page.list.table.selectAll()
    settled(qtbot, open_desk.session)
    page.pane.bar.change_wanted.emit(BulkChange("status", ("closed",)))
    settled(qtbot, open_desk.session)
    refused = open_desk.failures[-1]
    assert isinstance(refused, BulkRefused)
    assert "所选 2 条中有 2 条不能这样修改" in str(refused)
    assert "销号前" in str(refused)
    assert {record.status for record in open_desk.stored("finding")} == {"open"}


def test_filters_narrow_the_list_and_are_remembered(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.filters.put(Condition("department", ("办公室",)))
    settled(qtbot, open_desk.session)
    assert page.pane.bar.numbers.text() == "共 5 条，筛选出 3 条"
    page.list.sort_by("title", descending=False)
    settled(qtbot, open_desk.session)
    again = RecordPage("pledge", open_desk.session)
    qtbot.addWidget(again)
    again.resize(WIDE, 760)
    again.show()
    settled(qtbot, open_desk.session)
    assert again.filters.conditions == (Condition("department", ("办公室",)),)
    assert again.list.model.query.sort == "title"
    assert again.list.model.rowCount() == 3
    # Its form is still being built.
    qtbot.waitUntil(lambda: bool(again.shown_id))


def test_search_and_clear(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.act("focus_search")
    qtbot.keyClicks(page.pane.search, "zzzz")
    qtbot.keyClick(page.pane.search, Qt.Key.Key_Return)
    settled(qtbot, open_desk.session)
    assert page.list.currentWidget() is page.list.not_found
    page.list.not_found.action.click()
    settled(qtbot, open_desk.session)
    assert page.list.model.rowCount() == 5
    assert page.pane.search.text() == ""


def test_a_record_outside_the_filter_is_shown_and_said_to_be(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.filters.put(Condition("department", ("会务科",)))
    settled(qtbot, open_desk.session)
    wanted = next(item for item in open_desk.stored("pledge") if item.title == "八个不让")
    page.show_record(wanted.id)
    settled(qtbot, open_desk.session)
    assert page.shown_id == wanted.id
    page.pane.show_numbers()
    assert page.pane.bar.numbers.text() == "共 5 条，筛选出 1 条（右侧这条不在其中）"


def test_a_narrow_window_shows_list_and_form_by_turns(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk, width=SMALL)
    assert page.list.isVisible()
    assert not page.panes.shows_form
    page.list.select_first()
    settled(qtbot, open_desk.session)
    assert not page.panes.shows_form
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    settled(qtbot, open_desk.session)
    assert (page.panes.shows_form, page.list.isVisible()) == (True, False)
    page.panes.back.click()
    assert (page.panes.shows_form, page.list.isVisible()) == (False, True)
    assert page.panes.back.isHidden()


def test_a_wide_window_keeps_the_form_readable(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.resize(1736, 900)
    settled(qtbot, open_desk.session)
    list_width, form_width = page.panes.sizes()
    assert 700 <= form_width <= 840
    assert list_width + form_width > 1600


def test_the_divider_is_remembered(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.panes.setSizes([700, 600])
    page.panes.splitterMoved.emit(700, 1)
    assert open_desk.session.preferences.splitter("pledge") == page.panes.sizes()


def test_a_read_only_ledger_offers_nothing_that_changes_it(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few, read_only_reason="台账只能读取。")
    page = shown(qtbot, open_desk)
    page.list.table.selectAll()
    settled(qtbot, open_desk.session)
    assert not page.new_button.isEnabled()
    assert not page.pane.bar.change_button.isVisible()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    settled(qtbot, open_desk.session)
    assert len(open_desk.stored("pledge")) == 5


def test_columns_chosen_are_shown_and_remembered(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    popup = page.pane.choose_columns(page.mapToGlobal(page.rect().center()))
    qtbot.addWidget(popup)
    popup.boxes["hotline"].click()
    popup.boxes["number"].click()
    settled(qtbot, open_desk.session)
    expected = ("title", "department", "status", "hotline")
    assert page.list.model.columns == expected
    assert tuple(open_desk.session.preferences.columns("pledge")) == expected
    popup.close()


def test_a_moved_column_stays_where_it_was_put(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.list.header.moveSection(3, 0)
    assert open_desk.session.preferences.columns("pledge") == [
        "status",
        "number",
        "title",
        "department",
    ]  # fmt: skip - as on the screen
    page.filters.put(Condition("department", ("办公室",)))
    settled(qtbot, open_desk.session)
    assert page.list.header.visual_columns() == ["status", "number", "title", "department"]


def test_other_kinds_changes_do_not_reload_this_list(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk, "rule")
    settled(qtbot, open_desk.session)
    with qtbot.assertNotEmitted(page.list.counted, wait=50):
        open_desk.session.operations.run(lambda ledger: ledger.save(pledge("别的")), owner=page)
        settled(qtbot, open_desk.session)


@pytest.mark.parametrize("how", ["add", "remove"])
def test_tags_are_added_and_removed(qtbot: QtBot, desk: OpenCopy, few: Path, how: str) -> None:
    open_desk = desk(few)
    page = shown(qtbot, open_desk)
    page.list.table.selectAll()
    settled(qtbot, open_desk.session)
    page.pane.bar.change_wanted.emit(BulkChange("tags", ("重点", "上报"), "add"))
    settled(qtbot, open_desk.session)
    if how == "remove":
        page.pane.bar.change_wanted.emit(BulkChange("tags", ("上报",), "remove"))
        settled(qtbot, open_desk.session)
    expected = ("重点", "上报") if how == "add" else ("重点",)
    assert {value_of(item, "tags") for item in open_desk.stored("pledge")} == {expected}


def test_the_unit_stands_beside_the_number_where_several_units_are_listed(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    merged = tmp_path / "merged" / "few.sytz"
    merged.parent.mkdir()
    shutil.copy(few, merged)
    with Ledger.open(merged) as ledger:
        ledger.save(Unit(unit="350900", code="350900", name="宁德市机关事务管理局"))
        ledger.save(replace(pledge("一快三通"), unit="350900"))
    open_desk = desk(merged)
    page = shown(qtbot, open_desk)
    settled(qtbot, open_desk.session)
    model = page.list.model
    assert model.columns == ("number", "title", "unit", "status")
    named = {model.index(row, 2).data() for row in range(model.rowCount())}
    assert named == {"晋江市政府办公室", "宁德市机关事务管理局"}
    page.list.header.sectionClicked.emit(1)
    settled(qtbot, open_desk.session)
    assert open_desk.session.preferences.columns("pledge") == []
