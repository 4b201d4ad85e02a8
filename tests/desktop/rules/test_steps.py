"""立改废 in the window: what a new rule replaces is repealed with it, and each step leads on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.deeds.of_rule import DEEDS
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.rules.chain_panel import ChainPanel
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.rule import Review, Rule
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.deed_page import PageUser, filled

OnPage = Callable[..., PageUser]
OLD = Rule(
    unit=UNIT,
    title="公务接待办法",
    status="in_force",
    version="1.0",
    doc_number="晋政办〔2020〕3号",
    issued_on=PartialDate(2020, 1, 5),
    effective_on=PartialDate(2020, 2, 1),
    text="第一条 从严控制。",
)


def rules(at: Desk) -> dict[str, Rule]:
    """Return the rules by version."""
    return {item.version: item for item in at.stored("rule") if isinstance(item, Rule)}


def offered(rule: Rule) -> dict[str, bool]:
    return {deed.id: deed.awaited(rule) for deed in DEEDS if deed.offered(rule)}


@pytest.fixture
def user(on_page: OnPage) -> PageUser:
    return on_page(OLD)


def test_what_is_offered_follows_the_rule() -> None:
    assert offered(Rule(title="草案")) == {"consult": False, "issue": False}
    assert offered(Rule(title="稿", status="consultation")) == {"issue": True}
    assert offered(OLD) == {"review": False, "revise": False, "repeal": False}
    due = replace(OLD, review_by=PartialDate.of(date.today()))
    assert offered(due)["review"]
    asked = replace(OLD, reviews=(Review(key="r", outcome="revise"),))
    assert offered(asked)["revise"]
    assert "keep_unrevised" in offered(replace(OLD, status="revising"))
    assert offered(replace(OLD, status="repealed")) == {}


def test_a_revision_is_begun_issued_and_repeals_the_old_rule(qtbot: QtBot, user: PageUser) -> None:
    at, shown = user.at, user.page
    user.do("revise")
    qtbot.waitUntil(lambda: shown.form.record_id == "")
    assert shown.form.body.editors["version"].raw() == "1.1"
    shown.form.save()
    user.settle()
    assert rules(at)["1.0"].status == "revising"
    assert rules(at)["1.1"].replaces == rules(at)["1.0"].id
    user.do("consult")
    assert rules(at)["1.1"].status == "consultation"
    user.do("issue")
    dialog = user.dialog(FieldsDialog)
    assert "同时废止它所替代的《公务接待办法》（晋政办〔2020〕3号）" in dialog.about.about
    dialog.carry_out()
    user.settle()
    assert dialog.fields["effective_on"].error == "请填写施行日期"
    dialog.editors["doc_number"].set_raw("晋政办(26)05号")
    dialog.editors["doc_number"].changed.emit()
    offer = dialog.fields["doc_number"].offer
    assert offer is not None
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert dialog.editors["doc_number"].raw() == "晋政办〔2026〕5号"
    dialog.editors["issued_on"].set_raw("2026-03-05")
    dialog.editors["effective_on"].set_raw("2026.4.1")
    dialog.carry_out()
    user.closed(dialog)
    old, new = rules(at)["1.0"], rules(at)["1.1"]
    assert (new.status, old.status) == ("in_force", "repealed")
    assert old.repealed_on == new.effective_on == PartialDate(2026, 4, 1)
    # One action: taken back as one.
    user.undo()
    assert [rules(at)[version].status for version in ("1.0", "1.1")] == ["revising", "consultation"]


def test_the_chain_is_shown_and_leads_to_each_version(qtbot: QtBot, on_page: OnPage) -> None:
    user = on_page(OLD)
    shown, old_id = user.page, user.page.shown_id
    (new_id,) = filled(qtbot, user.at, [replace(OLD, version="1.1", replaces=old_id)])
    shown.show_record(new_id)
    user.settle()
    panel = next(one for one in shown.form.body.panels if isinstance(one, ChainPanel))
    qtbot.waitUntil(panel.isVisible)
    assert panel.heading.text() == "版本沿革（共 2 版，由旧到新）"
    (link,) = panel.findChildren(QPushButton)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    user.settle()
    assert shown.shown_id == old_id


def test_a_rule_alone_has_no_chain(user: PageUser) -> None:
    shown = user.page
    assert not any(panel.isVisible() for panel in shown.form.body.panels)


def test_going_on_with_a_revision_finds_the_draft(on_page: OnPage) -> None:
    user = on_page(replace(OLD, status="revising"))
    at, shown, old_id = user.at, user.page, user.page.shown_id
    user.do("draft_revision")
    assert shown.form.record_id == ""
    shown.form.save()
    user.settle()
    draft = shown.shown_id
    shown.show_record(old_id)
    user.settle()
    user.do("draft_revision")
    assert shown.shown_id == draft
    shown.show_record(old_id)
    user.settle()
    user.do("keep_unrevised")
    assert rules(at)["1.0"].status == "in_force"
    # Taken up again, it goes on with that draft, and begins no second one beside it.
    user.do("revise")
    assert shown.shown_id == draft


def test_a_review_that_asks_for_repeal_leads_there(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("review")
    dialog = user.dialog(FieldsDialog)
    dialog.editors["by"].set_raw("王主任")
    dialog.editors["outcome"].set_raw("repeal")
    dialog.carry_out()
    user.settle()
    assert "请写明为什么" in dialog.fields["opinion"].error
    dialog.editors["opinion"].set_raw("任务已完成")
    dialog.carry_out()
    user.closed(dialog)
    following = user.dialog(FieldsDialog)
    assert following.windowTitle() == "废止"
    following.editors["notes"].set_raw("复审认为应予废止")
    following.carry_out()
    user.closed(following)
    rule = rules(at)["1.0"]
    assert rule.status == "repealed"
    assert [(one.by, one.outcome) for one in rule.reviews] == [("王主任", "repeal")]


def test_a_review_that_keeps_the_rule_sets_the_next(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("review")
    dialog = user.dialog(FieldsDialog)
    dialog.editors["by"].set_raw("王主任")
    dialog.editors["review_by"].set_raw("2199-01-01")
    dialog.carry_out()
    user.closed(dialog)
    assert str(rules(at)["1.0"].review_by) == "2199-01-01"


@pytest.mark.parametrize("way", ["click", "key"])
def test_the_number_of_a_document_is_mended_by_one_key(
    qtbot: QtBot, user: PageUser, way: str
) -> None:
    at, shown = user.at, user.page
    body = shown.form.body
    field, editor = body.fields["doc_number"], body.editors["doc_number"]
    line = editor.focusProxy()
    assert line is not None
    assert field.offer is None or not field.offer.isVisible()
    editor.set_raw("晋政办[2026]第03号")
    editor.changed.emit()
    qtbot.waitUntil(lambda: field.offer is not None and field.offer.isVisible())
    assert field.offer is not None
    assert field.offer.text() == "改为 晋政办〔2026〕3号"
    line.setFocus()
    if way == "click":
        qtbot.mouseClick(field.offer, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert editor.raw() == "晋政办〔2026〕3号"
    qtbot.waitUntil(lambda: field.offer is not None and not field.offer.isVisible())
    shown.form.save()
    user.settle()
    assert rules(at)["1.0"].doc_number == "晋政办〔2026〕3号"
