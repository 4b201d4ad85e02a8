"""The table model: a window of rows that never blocks, and never shows a stale answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.cells import Status
from sanyou_desktop.desktop.lists.row_window import PAGE
from sanyou_desktop.desktop.lists.table_model import (
    ID_ROLE,
    LOADING,
    STATUS_ROLE,
    RecordTableModel,
)
from sanyou_desktop.ledger.query import Filter, Query
from tests.desktop.conftest import Desk, pledge, settled

COLUMNS = ("number", "title", "department", "status")
OpenCopy = Callable[[Path], Desk]


def made(desk: Desk) -> RecordTableModel:
    return RecordTableModel("pledge", desk.session.jobs, desk.session.jobs)


def column(model: QAbstractItemModel, at: int, rows: range) -> list[str]:
    return [model.index(row, at).data() for row in rows]


def test_the_model_keeps_qts_rules(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    model = made(open_desk)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    assert tester.model() is model
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    open_desk.session.operations.run(
        lambda ledger: ledger.save(pledge("新来的")), owner=model, done=lambda _: model.refresh()
    )
    settled(qtbot, open_desk.session)
    assert model.rowCount() == 6
    model.show_query(Query(text="没有这样的"), COLUMNS)
    settled(qtbot, open_desk.session)
    assert model.rowCount() == 0


def test_newest_records_come_first(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    assert column(model, 1, range(5)) == [
        "一快三通",
        "办公用品预约领用、送货上门",
        "八个不让",
        "会议服务零差错承诺",
        "四心服务承诺",
    ]  # fmt: skip - as on the screen


def test_first_rows_arrive_before_their_number_is_known(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    model = made(open_desk)
    with qtbot.waitSignal(model.counted):
        with qtbot.waitSignal(model.arrived):
            model.show_query(Query(), COLUMNS)
        assert not model.is_counted
        assert model.rowCount() == PAGE
    assert model.rowCount() == 3000


def test_a_jump_shows_a_placeholder_and_then_the_rows(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    assert model.index(1500, 1).data() == LOADING
    assert model.index(1500, 0).data(ID_ROLE) is None
    settled(qtbot, open_desk.session)
    assert model.index(1500, 1).data() == "承诺第1500号"


def test_only_a_few_pages_are_held(qtbot: QtBot, desk: OpenCopy, many: Path) -> None:
    open_desk = desk(many)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    for row in range(0, 3000, PAGE):
        model.index(row, 1).data()
        settled(qtbot, open_desk.session)
    assert model.pages_in_memory() <= 12


def test_neighbours_are_read_ahead_but_not_their_neighbours(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    model.index(7 * PAGE, 1).data()
    settled(qtbot, open_desk.session)
    held = [number for number in range(15) if model.id_at(number * PAGE)]
    assert held == [0, 6, 7, 8]


def test_rows_scrolled_past_are_not_read(qtbot: QtBot, desk: OpenCopy, many: Path) -> None:
    open_desk = desk(many)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    for row in range(PAGE, 3000, PAGE):
        model.index(row, 1).data()
    settled(qtbot, open_desk.session)
    # The three looked at last, a neighbour of theirs, and the first page.
    assert model.pages_in_memory() <= 5
    assert model.id_at(14 * PAGE)
    assert not model.id_at(5 * PAGE)


def test_an_answer_nobody_waits_for_is_dropped(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    model = made(open_desk)
    model.show_query(Query(text="八个"), COLUMNS)
    model.show_query(Query(text="会议"), COLUMNS)
    with qtbot.assertNotEmitted(model.arrived, wait=0):
        pass
    settled(qtbot, open_desk.session)
    assert column(model, 1, range(model.rowCount())) == ["会议服务零差错承诺"]


def test_a_refresh_does_not_lose_a_query_on_its_way(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    model.show_query(Query(text="会议"), COLUMNS)
    model.refresh()
    settled(qtbot, open_desk.session)
    assert column(model, 1, range(model.rowCount())) == ["会议服务零差错承诺"]


def test_a_refresh_tells_where_records_are_now(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    followed = model.id_at(2)
    open_desk.session.operations.run(lambda ledger: ledger.save(pledge("新来的")), owner=model)
    settled(qtbot, open_desk.session)
    with qtbot.waitSignal(model.counted) as told:
        model.refresh([followed, "gone"])
    assert told.args == [{followed: 3}]
    assert model.id_at(3) == followed


def test_a_refresh_keeps_rows_and_columns_where_they_are(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    model = made(open_desk)
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.refresh()
    assert model.rowCount() == 3000


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query(filters=(Filter("department", ("部门3",)),)), 300),
        (Query(filters=(Filter("department", ("部门3", "部门4")),)), 600),
        (Query(filters=(Filter("status", ("draft",)),)), 0),
        (Query(text="第1234号"), 1),
    ],
)
def test_filters_and_search_narrow_the_list(
    qtbot: QtBot, desk: OpenCopy, many: Path, query: Query, count: int
) -> None:
    open_desk = desk(many)
    model = made(open_desk)
    model.show_query(query, COLUMNS)
    settled(qtbot, open_desk.session)
    assert model.rowCount() == count


def test_a_cell_says_what_it_is(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    model = made(open_desk)
    model.show_query(Query(sort="number", descending=False), COLUMNS)
    settled(qtbot, open_desk.session)
    role = Qt.ItemDataRole
    assert model.index(0, 1).data(role.AccessibleTextRole) == "标题：四心服务承诺"
    assert model.index(0, 1).data(role.ToolTipRole) == "四心服务承诺"
    assert model.index(0, 3).data(role.AccessibleTextRole) == "状态：已公示"
    assert model.index(0, 3).data(STATUS_ROLE) == Status("已公示", "good")
    assert model.index(0, 1).data(STATUS_ROLE) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "标题"


def test_what_the_status_needs_is_read_but_not_shown(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    open_desk.session.operations.run(
        lambda ledger: ledger.save(pledge("旧承诺", status="published", valid_until="2020-01-01")),
        owner=open_desk.session.jobs,
    )
    settled(qtbot, open_desk.session)
    model = made(open_desk)
    model.show_query(Query(), ("title", "status"))
    settled(qtbot, open_desk.session)
    assert model.columnCount() == 2
    assert model.index(0, 1).data() == "已过有效期"


def test_references_are_shown_by_number_and_title(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    from sanyou_desktop.model.draft import Draft

    open_desk = desk(few)
    against = open_desk.stored("pledge")[0]
    raw = {"title": "投诉一件", "against": against.id}
    finding = Draft.from_json("finding", raw, "350582-01").accepted()
    open_desk.session.operations.run(
        lambda ledger: ledger.save(finding), owner=open_desk.session.jobs
    )
    settled(qtbot, open_desk.session)
    model = RecordTableModel("finding", open_desk.session.jobs, open_desk.session.jobs)
    model.show_query(Query(), ("title", "against", "rounds"))
    settled(qtbot, open_desk.session)
    assert model.index(0, 1).data() == f"{against.number} 四心服务承诺"
    assert model.index(0, 2).data() == ""


def test_an_error_while_reading_is_told_and_reading_goes_on(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    model = made(open_desk)
    model.show_query(Query(sort="no such field"), COLUMNS)
    settled(qtbot, open_desk.session)
    assert [type(error) for error in open_desk.failures] == [KeyError]
    model.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    assert model.rowCount() == 5
