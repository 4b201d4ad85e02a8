"""登记履行 by keyboard alone: outcomes, evidence, and the problems that broken promises raise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.pledges.findings_panel import FindingsPanel
from sanyou_desktop.desktop.pledges.fulfil_dialog import FulfilDialog
from sanyou_desktop.desktop.pledges.outcome_table import EVIDENCE, OUTCOME
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.pledge import Clause, Pledge
from tests.desktop.clerk import compose
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.deed_page import PageUser

OnPage = Callable[..., PageUser]
CONTROL = Qt.KeyboardModifier.ControlModifier
PLEDGE = Pledge(
    unit=UNIT,
    title="窗口服务承诺",
    status="published",
    person="王晓明",
    clauses=(
        Clause(key="a", text="来电三声内接听", standard="不推诿"),
        Clause(key="b", text="30 分钟内到场维修"),
        Clause(key="c", text="会议服务零差错"),
        Clause(key="d", text="无投诉"),
    ),
)


@pytest.fixture
def user(on_page: OnPage) -> PageUser:
    return on_page(PLEDGE)


def stored(at: Desk) -> Pledge:
    found = next(item for item in at.stored("pledge") if item.title == PLEDGE.title)
    assert isinstance(found, Pledge)
    return found


def type_evidence(qtbot: QtBot, text: str) -> None:
    """Type where the table has opened its editor, and press Return."""
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    compose(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not editor)


def test_a_clerk_goes_through_the_clauses(qtbot: QtBot, user: PageUser) -> None:
    at, shown = user.at, user.page
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    table = dialog.table
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_1)
    assert (table.currentRow(), table.currentColumn()) == (1, OUTCOME)
    qtbot.keyClick(table, Qt.Key.Key_3)
    assert table.currentColumn() == EVIDENCE
    type_evidence(qtbot, "3 月 2 日 50 分钟才到")
    assert (table.currentRow(), table.currentColumn()) == (2, OUTCOME)
    qtbot.keyClick(table, Qt.Key.Key_2)
    type_evidence(qtbot, "话筒一度无声")
    assert dialog.broken.isVisible()
    assert dialog.findings.rowCount() == 1
    assert dialog.counted.text() == "已兑现 1 · 部分兑现 1 · 未兑现 1 · 未登记 1"
    qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)
    user.closed(dialog)
    pledge = stored(at)
    assert [(one.clause, one.outcome) for one in pledge.fulfilments] == [
        ("a", "kept"),
        ("b", "broken"),
        ("c", "partly"),
    ]
    assert {str(one.on) for one in pledge.fulfilments} == {str(PartialDate.of(date.today()))}
    (finding,) = at.stored("finding")
    assert isinstance(finding, Finding)
    assert (finding.against, finding.clause, finding.source) == (pledge.id, "b", "self_check")
    assert (finding.title, finding.person) == ("未兑现：30 分钟内到场维修", "王晓明")
    assert "3 月 2 日 50 分钟才到" in finding.description
    # The form says so, and leads to the problem.
    (panel,) = shown.form.body.panels
    assert isinstance(panel, FindingsPanel)
    qtbot.waitUntil(panel.isVisible)
    assert panel.heading.text() == "针对本承诺的问题：未销号 1 个，已销号 0 个"
    assert at.session.operations.undo_text == "登记履行「窗口服务承诺」"


def test_undoing_takes_pledge_and_problem_back(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_3)
    type_evidence(qtbot, "占线")
    dialog.carry_out()
    user.closed(dialog)
    user.undo()
    assert not stored(at).fulfilments
    assert not at.stored("finding")


def test_the_problem_can_be_mended_before_it_is_saved(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_3)
    type_evidence(qtbot, "占线")
    for column, text in enumerate(("电话长期占线", "李四", "2026-13-01")):
        item = dialog.findings.item(0, column)
        assert item is not None
        item.setText(text)
    dialog.source.set_raw("complaint")
    dialog.carry_out()
    assert dialog.banner.isVisible()
    assert "第 1 个问题的整改时限" in dialog.banner.text.text()
    assert not at.stored("finding")
    item = dialog.findings.item(0, 2)
    assert item is not None
    item.setText("2099年3月9日")
    dialog.carry_out()
    user.closed(dialog)
    (finding,) = at.stored("finding")
    assert isinstance(finding, Finding)
    assert (finding.title, finding.person, str(finding.due_on)) == (
        "电话长期占线",
        "李四",
        "2099-03-09",
    )
    assert finding.source == "complaint"


def test_what_is_missing_is_said_and_nothing_saved(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    dialog.carry_out()
    assert "还没有登记" in dialog.banner.text.text()
    qtbot.keyClick(dialog.table, Qt.Key.Key_2)
    type_evidence(qtbot, "")
    dialog.carry_out()
    assert "第 1 条没有完全兑现，请写明依据" in dialog.banner.text.text()
    dialog.day.set_raw("昨天下午")
    dialog.carry_out()
    assert dialog.day_field.error
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    user.closed(dialog)
    assert not stored(at).fulfilments


def test_what_is_still_being_typed_is_saved_too(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    compose(editor, "只接了两次")
    qtbot.keyClick(editor, Qt.Key.Key_S, CONTROL)
    user.closed(dialog)
    assert [one.evidence for one in stored(at).fulfilments] == ["只接了两次"]


def test_all_the_rest_is_kept_at_once(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.table, Qt.Key.Key_0)
    assert dialog.table.outcome(1) == ""
    qtbot.mouseClick(dialog.rest, Qt.MouseButton.LeftButton)
    dialog.carry_out()
    user.closed(dialog)
    assert [one.outcome for one in stored(at).fulfilments] == ["kept"] * 4
    assert not at.stored("finding")


def test_the_same_entry_is_never_taken_twice(qtbot: QtBot, user: PageUser) -> None:
    at, shown = user.at, user.page
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_3)
    type_evidence(qtbot, "占线")
    # Somebody else has changed the pledge meanwhile; a second pressing of the key is the same.
    dialog.carry_out()
    dialog.carry_out()
    user.closed(dialog)
    assert len(at.stored("finding")) == 1
    # Whoever comes with the pledge as it was before is refused, and his problem with it.
    before = replace(PLEDGE, id=stored(at).id, revision=1)
    refused: list[Exception] = []
    at.session.operations.run(
        lambda ledger: ledger.save_many([before, Finding(unit=UNIT, title="重复")], "再来"),
        owner=shown,
        failed=refused.append,
    )
    user.settle()
    assert isinstance(refused[0], Conflict)
    assert len(at.stored("finding")) == 1


def test_evidence_without_an_outcome_is_not_lost(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    dialog.table.setCurrentCell(1, 2)
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    type_evidence(qtbot, "3 月 2 日来电占线")
    dialog.carry_out()
    assert "第 2 条写了依据，还没有选兑现情况" in dialog.banner.text.text()
    dialog.table.set_outcome(0, "")
    at.ask.yes = False
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    at.ask.yes = True
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    user.closed(dialog)
    assert stored(at).fulfilments == ()


def test_what_was_judged_is_not_thrown_away_by_a_slip(qtbot: QtBot, user: PageUser) -> None:
    at = user.at
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    at.ask.yes = False
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "放弃吗" in at.ask.asked[-1]
    at.ask.yes = True
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    user.closed(dialog)
    assert stored(at).fulfilments == ()
