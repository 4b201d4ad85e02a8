"""One change to many records: what it does to each, and how its panel asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.bulk import CHANGEABLE, BulkChange, apply
from sanyou_desktop.desktop.lists.bulk_bar import BulkBar
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.conftest import Desk, pledge, settled

OpenCopy = Callable[[Path], Desk]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_what_can_be_changed_in_bulk(kind: str) -> None:
    assert set(CHANGEABLE) <= set(KINDS[kind].fields)


@pytest.mark.parametrize(
    ("change", "raw"),
    [
        (BulkChange("department", ("综合科",)), "综合科"),
        (BulkChange("department", ()), ""),
        (BulkChange("tags", ("新", "甲"), "add"), ["甲", "乙", "新"]),
        (BulkChange("tags", ("乙",), "remove"), ["甲"]),
        (BulkChange("themes", ("service",)), ["service"]),
    ],
)
def test_a_change_is_what_would_be_typed(change: BulkChange, raw: object) -> None:
    assert change.raw(pledge("承诺", tags=["甲", "乙"])) == raw


def test_records_that_have_the_value_already_are_left_alone(few: Path, tmp_path: Path) -> None:
    import shutil

    path = Path(shutil.copy(few, tmp_path))
    with Ledger.open(path) as ledger:
        before = list(ledger.records("pledge"))
        changes = apply(
            ledger, "pledge", [item.id for item in before], BulkChange("department", ("办公室",))
        )
        after = {item.id: item.revision for item in ledger.records("pledge")}
    changed = {item.id for item in before if item.department != "办公室"}
    assert changes.ids == changed
    assert {key for key, revision in after.items() if revision == 2} == changed


def test_the_menu_offers_every_mark_and_to_take_it_off(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    bar = BulkBar("pledge", desk(few).session)
    qtbot.addWidget(bar)
    menu = bar.menu(bar)
    (marks,) = [one for one in menu.findChildren(QMenu) if one.title() == "密级"]
    texts = [action.text() for action in marks.actions() if action.text()]
    assert texts == ["内部", "工作秘密", "秘密", "机密", "绝密", "去掉密级…"]
    with qtbot.waitSignal(bar.change_wanted) as wanted:
        marks.actions()[-1].trigger()
    assert wanted.args == [BulkChange("confidential", ())]


def test_the_panel_gives_one_change(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    bar = BulkBar("pledge", open_desk.session)
    qtbot.addWidget(bar)
    bar.show()
    popup = bar.edit("department")
    settled(qtbot, open_desk.session)
    popup.edit.insert("综合科")
    with qtbot.waitSignal(bar.change_wanted) as wanted:
        popup.take_first()
    assert wanted.args == [BulkChange("department", ("综合科",))]


def test_tags_are_added_by_return(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    bar = BulkBar("pledge", open_desk.session)
    qtbot.addWidget(bar)
    bar.show()
    popup = bar.edit("tags")
    popup.edit.insert("重点、上报")
    with qtbot.waitSignal(bar.change_wanted) as wanted:
        popup.take_first()
    assert wanted.args == [BulkChange("tags", ("重点", "上报"), "add")]


def test_what_the_field_refuses_stays_to_be_mended(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    bar = BulkBar("pledge", open_desk.session)
    qtbot.addWidget(bar)
    bar.show()
    popup = bar.edit("person")
    settled(qtbot, open_desk.session)
    popup.edit.setText("长" * 101)
    with qtbot.assertNotEmitted(bar.change_wanted):
        popup.take_first()
    assert popup.wrong.isVisible()
    popup.close()


def test_statuses_are_in_the_menu_itself(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    bar = BulkBar("pledge", desk(few).session)
    qtbot.addWidget(bar)
    menu = bar.menu(bar)
    submenu = menu.findChild(QMenu)
    assert isinstance(submenu, QMenu)
    with qtbot.waitSignal(bar.change_wanted) as wanted:
        submenu.actions()[1].trigger()
    assert wanted.args == [BulkChange("status", ("published",))]
