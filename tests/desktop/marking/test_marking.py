"""What was made from a record is marked with it; a bulk change tells where all had gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from sanyou_desktop.desktop.lists.bulk import BulkChange
from sanyou_desktop.desktop.marking.dialog import MarkDialog
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser, gone

OnPage = Callable[..., PageUser]


def children(user: PageUser, *records: Record) -> None:
    user.at.session.operations.run(
        lambda ledger: ledger.save_many(records, "示例"), owner=user.page
    )
    user.settle()


def marks(user: PageUser) -> dict[str, str]:
    every = [*user.all_of(Inspection), *user.all_of(Finding)]
    return {record.title: record.confidential for record in every}


@pytest.fixture
def user(on_page: OnPage) -> PageUser:
    """An inspection with a finding, of which another one came, and a re-check."""
    made = on_page(Inspection(unit=UNIT, title="机房检查"), Inspection(unit=UNIT, title="食堂检查"))
    first = made.page.shown_id
    finding = Finding(unit=UNIT, title="机房漏水", inspection=first)
    children(made, finding, Inspection(unit=UNIT, title="机房复查", previous=first))
    (found,) = made.all_of(Finding)
    children(made, Finding(unit=UNIT, title="漏水没有修好", concerns=found.id))
    return made


def mark_in_form(user: PageUser, value: str) -> None:
    editor = user.page.form.body.editors["confidential"]
    editor.set_raw(value)
    editor.changed.emit()
    user.page.form.save()
    user.settle()
    user.settle()


def mark_all(user: PageUser, values: tuple[str, ...]) -> None:
    user.page.list.table.selectAll()
    user.settle()
    user.page.selection.change(BulkChange("confidential", values))
    user.settle()
    user.settle()


def test_marking_in_the_form_offers_what_was_made_of_it(user: PageUser) -> None:
    mark_in_form(user, "secret")
    dialog = user.dialog(MarkDialog)
    shown = [
        [item.text(place) for place in range(3)]
        for at in range(dialog.others.topLevelItemCount())
        if (item := dialog.others.topLevelItem(at)) is not None
    ]
    assert [row[0].split(" ")[1] for row in shown] == ["机房复查", "机房漏水", "漏水没有修好"]
    assert shown[1][1:] == ["问题整改", f"来自检查：{user.page.form.draft.base.number}"]
    assert dialog.places.isHidden() or not dialog.places.isVisible()
    assert dialog.go.text() == "给 3 条标上秘密"
    dialog.go.click()
    user.closed(dialog)
    assert marks(user) == {
        "机房检查": "secret", "食堂检查": "", "机房复查": "secret", "机房漏水": "secret",
        "漏水没有修好": "secret",
    }  # fmt: skip
    user.undo()
    assert set(marks(user).values()) == {"", "secret"}
    assert marks(user)["机房漏水"] == marks(user)["机房复查"] == ""


def test_what_is_not_ticked_stays_as_it_is(user: PageUser) -> None:
    mark_in_form(user, "internal")
    dialog = user.dialog(MarkDialog)
    item = dialog.others.topLevelItem(0)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.go.text() == "给 2 条标上内部"
    dialog.go.click()
    user.closed(dialog)
    assert (marks(user)["机房复查"], marks(user)["机房漏水"]) == ("", "internal")


def test_nothing_is_offered_where_nothing_was_made_or_all_has_marks(user: PageUser) -> None:
    user.show("食堂检查")
    mark_in_form(user, "secret")
    assert user.open_dialogs(MarkDialog) == []


def test_a_bulk_change_tells_once_where_all_had_gone_and_marks_all_in_one_action(
    user: PageUser,
) -> None:
    ids = [record.id for record in user.all_of(Inspection)]
    gone(user, ids[:2], ("share", "/盘/共享.xlsx"))
    gone(user, ids[:1], ("share", "/盘/共享.xlsx"), ("report", "/盘/上报.xlsx"))
    mark_all(user, ("secret",))
    assert set(marks(user).values()) == {""}
    dialog = user.dialog(MarkDialog)
    rows = [
        (item.text(0), item.text(2), item.childCount())
        for at in range(dialog.places.topLevelItemCount())
        if (item := dialog.places.topLevelItem(at)) is not None
    ]
    assert rows == [("上报工作簿「上报.xlsx」", "1 条", 1), ("共享表格「共享.xlsx」", "2 条", 2)]
    assert [made.title for made in dialog._known.made] == ["机房漏水", "漏水没有修好"]
    dialog.go.click()
    user.closed(dialog)
    assert set(marks(user).values()) == {"secret"}
    user.undo()
    assert set(marks(user).values()) == {""}


def test_leaving_marks_nothing(user: PageUser) -> None:
    mark_all(user, ("secret",))
    dialog = user.dialog(MarkDialog)
    user.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    user.closed(dialog)
    assert set(marks(user).values()) == {""}


def test_what_never_left_and_has_made_nothing_is_marked_without_a_word(on_page: OnPage) -> None:
    user = on_page(Inspection(unit=UNIT, title="甲"), Inspection(unit=UNIT, title="乙"))
    mark_all(user, ("work_secret",))
    assert user.open_dialogs(MarkDialog) == []
    assert marks(user) == {"甲": "work_secret", "乙": "work_secret"}


@pytest.mark.parametrize("yes", [False, True])
def test_marks_are_taken_off_after_a_question(user: PageUser, yes: bool) -> None:
    inspection = user.all_of(Inspection)[0]
    children(user, replace(inspection, confidential="secret"))
    user.at.ask.yes = yes
    mark_all(user, ())
    assert "将去掉 1 条记录的密级" in user.at.ask.asked[-1]
    assert marks(user)[inspection.title] == ("" if yes else "secret")


def test_a_new_record_of_a_marked_one_is_offered_its_mark(user: PageUser) -> None:
    inspection = next(one for one in user.all_of(Inspection) if one.title == "机房检查")
    children(user, replace(inspection, confidential="secret"))
    draft = Draft.new("inspection", UNIT)
    draft.enter("title", "机房再查")
    draft.enter("previous", inspection.id)
    user.page.open_draft(draft)
    user.page.form.save()
    user.settle()
    user.settle()
    banner = user.page.form.banner
    assert "由有密级的记录产生" in banner.text.text()
    user.qtbot.mouseClick(banner.action, Qt.MouseButton.LeftButton)
    user.settle()
    assert marks(user)["机房再查"] == "secret"


def test_of_very_many_the_rest_is_one_line_that_counts_and_marks_them_all(user: PageUser) -> None:
    inspection = next(one for one in user.all_of(Inspection) if one.title == "机房检查")
    children(
        user, *(Finding(unit=UNIT, title=f"第{n}个", inspection=inspection.id) for n in range(320))
    )
    mark_in_form(user, "secret")
    dialog = user.dialog(MarkDialog)
    assert dialog.others.topLevelItemCount() == 301
    last = dialog.others.topLevelItem(300)
    assert last is not None
    assert last.text(0) == "另有 23 条没有列出"
    assert dialog.go.text() == "给 323 条标上秘密"
    dialog.go.click()
    user.closed(dialog)
    assert [title for title, mark in marks(user).items() if not mark] == ["食堂检查"]
