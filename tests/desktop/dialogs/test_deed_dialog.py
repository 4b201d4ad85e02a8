"""What holds for every deed's dialog: nothing typed is lost, and the newest revision counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.pledges.fulfil_dialog import FulfilDialog
from sanyou_desktop.desktop.surveys.tally_dialog import TallyDialog
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import fulfilling, pledge_life
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.survey import Survey
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser

OnPage = Callable[..., PageUser]
DRAFT = Pledge(unit=UNIT, title="窗口服务承诺", clauses=(Clause(key="a", text="来电即接"),))
KEPT = replace(DRAFT, status="published")
TODAY = PartialDate.of(date.today())


def elsewhere(user: PageUser, change: Callable[[Pledge], Record]) -> None:
    """Change the pledge in the form as another window would."""
    wanted = user.page.shown_id

    def work(ledger: Ledger) -> object:
        now = ledger.get(wanted)
        assert isinstance(now, Pledge)
        return ledger.save(change(now))

    user.change(work)


def stored(user: PageUser) -> Pledge:
    return next(one for one in user.all_of(Pledge) if one.id == user.page.shown_id)


class Held:
    """Keeps the ledger from writing for a while."""

    def __init__(self, user: PageUser) -> None:
        self._go = Event()
        jobs = user.at.session.jobs
        jobs.write(lambda _ledger: self._go.wait(20), lambda _done: None, owner=user.page)

    def release(self) -> None:
        self._go.set()


def test_what_changed_meanwhile_stays_and_the_deed_is_done(on_page: OnPage) -> None:
    user = on_page(DRAFT)
    user.do("publish")
    user.type("published_where", "大厅公示栏")
    elsewhere(user, lambda now: replace(now, hotline="12345"))
    user.confirm()
    assert user.open_dialogs(FulfilDialog) == []
    pledge = stored(user)
    assert (pledge.status, pledge.published_where, pledge.hotline) == (
        "published",
        "大厅公示栏",
        "12345",
    )


def test_a_deed_that_no_longer_applies_is_refused_and_the_text_stays(on_page: OnPage) -> None:
    user = on_page(KEPT)
    user.do("end")
    user.type("notes", "职能调整")
    elsewhere(user, lambda now: pledge_life.end(now, on=TODAY, reason="先终止了"))
    user.confirm()
    dialog = user.asked
    assert dialog.banner.isVisible()
    assert "终止" in dialog.banner.text.text()
    assert dialog.editors["notes"].raw() == "职能调整"
    assert "职能调整" not in stored(user).notes


def test_what_was_deleted_meanwhile_is_told(on_page: OnPage) -> None:
    user = on_page(KEPT)
    user.do("end")
    user.type("notes", "职能调整")
    gone = user.page.shown_id
    user.change(lambda ledger: ledger.delete([gone]))
    user.confirm()
    told = user.asked.banner.text.text()
    assert "没有保存：承诺「窗口服务承诺」已被删除，请先从回收站恢复" in told
    assert "您填写的内容还在这里" in told


def test_fulfilments_of_two_windows_are_both_kept(on_page: OnPage) -> None:
    user = on_page(KEPT)
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    user.qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    entry = Fulfilment(clause="a", outcome="partly", evidence="占线一次")
    elsewhere(user, lambda now: fulfilling.fulfil(now, [entry], TODAY))
    dialog.carry_out()
    user.closed(dialog)
    assert [one.outcome for one in stored(user).fulfilments] == ["partly", "kept"]


def test_a_clause_that_went_meanwhile_is_told(on_page: OnPage) -> None:
    user = on_page(KEPT)
    user.do("fulfil")
    dialog = user.dialog(FulfilDialog)
    user.qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    elsewhere(user, lambda now: replace(now, clauses=(Clause(key="b", text="另一条"),)))
    dialog.carry_out()
    user.settle()
    assert "所登记的条款已不存在" in dialog.banner.text.text()
    assert dialog.table.outcome(0) == "kept"


def test_answers_counted_in_two_windows_add_up(on_page: OnPage) -> None:
    user = on_page(Survey(unit=UNIT, title="食堂满意度", distributed=30, satisfied=2))
    user.do("tally")
    dialog = user.dialog(TallyDialog)
    user.qtbot.keyClick(dialog, "2")
    wanted = user.page.shown_id

    def count_three(ledger: Ledger) -> object:
        now = ledger.get(wanted)
        assert isinstance(now, Survey)
        return ledger.save(replace(now, satisfied=5, returned=5))

    user.change(count_three)
    dialog.carry_out()
    user.closed(dialog)
    (survey,) = user.all_of(Survey)
    assert (survey.satisfied, survey.returned) == (6, 6)


def test_nothing_can_be_typed_while_it_is_saved_and_that_is_seen(on_page: OnPage) -> None:
    user = on_page(KEPT)
    user.do("end")
    user.type("notes", "职能调整")
    dialog = user.asked
    held = Held(user)
    dialog.carry_out()
    assert dialog.hint.text() == "正在保存…"
    assert not dialog.content.isEnabled()
    box = dialog.editors["notes"].focusProxy()
    assert box is not None
    user.qtbot.keyClicks(box, "more")
    user.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    user.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    assert dialog.editors["notes"].raw() == "职能调整"
    held.release()
    user.closed(dialog)
    assert stored(user).notes.endswith("职能调整")
    assert len(stored(user).notes.splitlines()) == 1


@pytest.mark.parametrize("way", ["refused", "mended"])
def test_the_cursor_is_back_where_it_was_after_a_refusal(on_page: OnPage, way: str) -> None:
    user = on_page(KEPT)
    user.do("end")
    user.type("notes", "职能调整")
    user.type("on", "2026-02-30" if way == "mended" else str(TODAY))
    elsewhere(user, lambda now: pledge_life.end(now, on=TODAY, reason="先终止了"))
    user.confirm()
    dialog = user.asked
    assert dialog.content.isEnabled()
    assert dialog.hint.text() == "Ctrl+Enter 确认，Esc 取消"
    focused = QApplication.focusWidget()
    assert focused is dialog.editors["on"].focusProxy()
    assert bool(dialog.fields["on"].error) == (way == "mended")
