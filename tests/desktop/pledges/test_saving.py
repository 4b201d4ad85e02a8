"""A promise that the form says was broken raises its finding, in the same saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.pledges.saving import save_pledge
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser
from tests.desktop.forms.filling import enter

OnPage = Callable[..., PageUser]
PLEDGE = Pledge(
    unit=UNIT,
    title="窗口服务承诺",
    status="published",
    person="王晓明",
    clauses=(Clause(key="a", text="来电三声内接听"), Clause(key="b", text="无投诉")),
)


def type_rows(user: PageUser, cells: str) -> None:
    """Paste into the table of fulfilments, and save."""
    editor = user.page.form.body.editors["fulfilments"]
    assert isinstance(editor, RowsEditor)
    enter(user.qtbot, user.at, editor, cells)
    save(user)


def save(user: PageUser) -> None:
    user.page.act("save")
    user.settle()


def test_a_broken_promise_typed_in_the_form_raises_its_finding(on_page: OnPage) -> None:
    user = on_page(PLEDGE)
    type_rows(user, "2026-03-02\ta\t未兑现\t占线 10 分钟")
    (finding,) = user.all_of(Finding)
    pledge = next(one for one in user.all_of(Pledge) if one.title == PLEDGE.title)
    assert (finding.against, finding.clause, finding.person) == (pledge.id, "a", "王晓明")
    assert finding.title == "未兑现：来电三声内接听"
    assert "占线 10 分钟" in finding.description
    assert str(finding.raised_on) == "2026-03-02"
    assert "同时登记问题 1 个" in user.page.form.foot.state.text()
    user.undo()
    assert not user.all_of(Finding)
    again = next(one for one in user.all_of(Pledge) if one.title == PLEDGE.title)
    assert not again.fulfilments


def test_saving_again_or_saying_otherwise_in_between_raises_no_second_one(
    on_page: OnPage,
) -> None:
    user = on_page(PLEDGE)
    type_rows(user, "2026-03-02\ta\t已兑现")
    assert not user.all_of(Finding)
    for outcome, count in (("未兑现", 1), ("已兑现", 1), ("未兑现", 1)):
        type_rows(user, f"2026-03-02\ta\t{outcome}")
        assert len(user.all_of(Finding)) == count
    type_rows(user, "2026-03-02\tb\t未兑现")
    assert len(user.all_of(Finding)) == 2


def test_a_renewal_that_is_published_says_what_became_of_the_former(on_page: OnPage) -> None:
    user = on_page(PLEDGE)
    (former,) = [one for one in user.all_of(Pledge) if one.title == PLEDGE.title]
    next_one = replace(PLEDGE, title="续期的承诺", status="draft", renews=former.id)
    told: list[str] = []

    def publish(ledger: Ledger) -> None:
        draft = ledger.save(next_one).record
        told.append(save_pledge(ledger, replace(draft, status="published")).told)

    user.change(publish)
    assert told == ["原承诺随即终止"]
    assert not user.all_of(Finding)


def test_a_whole_pledge_can_be_broken(on_page: OnPage) -> None:
    user = on_page(replace(PLEDGE, clauses=()))
    type_rows(user, "2026-03-02\t\t未兑现")
    (finding,) = user.all_of(Finding)
    assert finding.title == "未兑现：窗口服务承诺"
    assert finding.clause == ""


def test_a_pledge_that_is_new_raises_what_its_entries_say(on_page: OnPage) -> None:
    user = on_page(PLEDGE)
    kept = (Fulfilment(key="f", clause="a", outcome="broken", evidence="占线"),)
    user.page.open_draft(Draft.copy_of(replace(PLEDGE, title="新承诺", fulfilments=kept)))
    save(user)
    (finding,) = user.all_of(Finding)
    new = next(one for one in user.all_of(Pledge) if one.title == "新承诺")
    assert finding.against == new.id
    assert user.page.form.record_id == new.id


def test_a_copy_is_a_draft_without_what_was_kept_or_broken(on_page: OnPage) -> None:
    broken = (Fulfilment(key="f", clause="a", outcome="broken"),)
    user = on_page(replace(PLEDGE, fulfilments=broken))
    user.page.act("copy_as_new")
    user.settle()
    save(user)
    copy, _original = sorted(
        (one for one in user.all_of(Pledge) if one.title == PLEDGE.title),
        key=lambda one: one.status,
    )
    assert (copy.status, copy.fulfilments) == ("draft", ())
    assert not user.all_of(Finding)
