"""A record begun from another has its content, and nothing of what became of the other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields.declaration import attribute_of
from sanyou_desktop.model.finding import Finding, Round
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.rule import Review, Rule

DAY = PartialDate(2026, 3, 2)


def test_an_inspection_is_of_the_same_items_with_nothing_judged() -> None:
    held = Inspection(
        title="食堂检查",
        status="done",
        inspected_on=DAY,
        place="一楼",
        self_score=Decimal(95),
        conclusion="两处油污",
        plan="p",
        items=(
            Item(key="a", item="地面", full_score=Decimal(10), deduction=Decimal(2),
                 occurrences=2, score=Decimal(6), result="fail", remark="油污"),
        ),
    )  # fmt: skip
    new = held.anew()
    assert (new.title, new.place, new.status) == ("食堂检查", "一楼", "planned")
    assert (new.inspected_on, new.self_score, new.conclusion, new.plan) == (None, None, "", "")
    (item,) = new.items
    assert item.key != "a"
    assert (item.item, item.full_score, item.deduction) == ("地面", Decimal(10), Decimal(2))
    assert (item.result, item.occurrences, item.score, item.remark) == ("", None, None, "")


def test_a_pledge_is_a_draft_that_nobody_has_kept_or_broken() -> None:
    public = Pledge(
        title="四心",
        status="published",
        published_on=DAY,
        hotline="0594-1234567",
        clauses=(Clause(key="a", text="来电即接"),),
        fulfilments=(Fulfilment(key="f", clause="a", outcome="broken"),),
    )
    new = public.anew()
    assert (new.status, new.published_on, new.fulfilments) == ("draft", None, ())
    assert (new.hotline, new.clauses) == ("0594-1234567", public.clauses)


def test_a_finding_is_open_with_no_round_behind_it() -> None:
    closed = Finding(
        title="灯不亮", status="closed", place="二楼", item=3, item_key="k", reply="已换",
        closed_on=DAY, rounds=(Round(key="r", by="张三", verdict="passed", verified_by="李四"),),
    )  # fmt: skip
    new = closed.anew()
    assert (new.status, new.rounds, new.reply, new.closed_on) == ("open", (), "", None)
    assert (new.item, new.item_key, new.place) == (None, "", "二楼")


@pytest.mark.parametrize(
    ("status", "begins"),
    [("in_force", "in_force"), ("revising", "drafting"), ("repealed", "drafting")],
)
def test_a_rule_is_of_the_same_batch_but_has_no_number_and_no_history(
    status: str, begins: str
) -> None:
    rule = Rule(
        title="车辆规定", status=status, doc_number="莆机管〔2026〕3号", issued_on=DAY,
        replaces="x", repealed_on=DAY, reviews=(Review(key="r", by="王"),),
    )  # fmt: skip
    new = rule.anew()
    assert (new.status, new.issued_on) == (begins, DAY)
    assert (new.doc_number, new.replaces, new.repealed_on, new.reviews) == ("", "", None, ())


def test_what_is_named_as_past_is_declared() -> None:
    for kind in KINDS.values():
        unknown = [key for key in kind.record.past if key not in kind.fields]
        assert not unknown, kind.key
        assert all(hasattr(kind.record(), attribute_of(kind.record, key)) for key in kind.fields)
