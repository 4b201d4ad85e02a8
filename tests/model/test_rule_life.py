"""立改废: a rule goes by allowed steps only, and what it replaces is repealed with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model import rule_life
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.rule import RULE_STEPS, Rule

TODAY = date(2026, 3, 2)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


OLD_ID = "0197c9a0-0000-7000-8000-000000000001"
OLD = Rule(
    id=OLD_ID,
    title="公务接待管理办法",
    status="in_force",
    version="1.0",
    doc_number="莆机管〔2020〕3号",
    issued_on=day("2020-01-05"),
    effective_on=day("2020-02-01"),
    review_by=day("2026-03-01"),
    text="第一条 为规范公务接待……",
)
NEW = Rule(id="new", title="公务接待管理办法", status="consultation", replaces=OLD_ID)


def issue(
    rule: Rule, replaced: Rule | None = None, effective: str = "2026-04-01"
) -> tuple[Rule, ...]:
    return rule_life.put_in_force(
        rule,
        replaced,
        doc_number="莆机管〔2026〕3号",
        issued_on=day("2026-03-05"),
        effective_on=day(effective),
    )


def refusal(step: Callable[[], object]) -> str:
    with pytest.raises(Invalid) as caught:
        step()
    return str(caught.value)


def test_a_draft_is_consulted_on_and_put_in_force() -> None:
    consulted = rule_life.consult(replace(NEW, status="drafting"))
    (issued,) = issue(consulted)
    assert (consulted.status, issued.status) == ("consultation", "in_force")
    assert (issued.doc_number, str(issued.effective_on)) == ("莆机管〔2026〕3号", "2026-04-01")


@pytest.mark.parametrize("status", ["in_force", "revising"])
def test_what_it_replaces_is_repealed_the_same_day(status: str) -> None:
    repealed, issued = issue(NEW, replace(OLD, status=status))
    assert (repealed.status, repealed.repealed_on) == ("repealed", issued.effective_on)
    assert repealed.notes == "2026年4月1日废止：由「公务接待管理办法」替代"


def test_what_was_repealed_before_stays_as_it_is() -> None:
    assert issue(NEW, replace(OLD, status="repealed", repealed_on=day("2025"))) == issue(NEW)


def test_what_was_never_in_force_cannot_be_replaced() -> None:
    assert "还没有施行" in refusal(lambda: issue(NEW, replace(OLD, status="drafting")))


def test_a_rule_does_not_take_effect_before_the_one_it_replaces_was_issued() -> None:
    assert "废止日期" in refusal(lambda: issue(NEW, OLD, "2019-01-01"))


def test_dates_are_asked_for() -> None:
    told = refusal(
        lambda: rule_life.put_in_force(NEW, None, doc_number="", issued_on=None, effective_on=None)
    )
    assert "请填写印发日期" in told
    assert "请填写施行日期" in told


def test_a_revision_begins_as_a_new_draft() -> None:
    revising = rule_life.begin_revision(OLD)
    assert revising.status == "revising"
    new = rule_life.revised(revising, TODAY).accepted()
    assert isinstance(new, Rule)
    assert (new.id, new.status, new.replaces, new.version) == ("", "drafting", OLD_ID, "1.1")
    assert (new.title, new.text) == (OLD.title, OLD.text)
    assert (new.doc_number, new.issued_on, new.effective_on, new.review_by) == (
        "",
        None,
        None,
        None,
    )
    assert rule_life.keep_unrevised(revising) == OLD


@pytest.mark.parametrize(
    ("version", "following"),
    [
        ("1.0", "1.1"),
        ("V2.9", "V2.10"),
        ("第2版", "第3版"),
        ("2020版", "2026版"),
        ("2020年修订", "2026年修订"),
        ("", "2"),
        ("  ", "2"),
        ("试行", ""),
    ],
)
def test_the_next_version(version: str, following: str) -> None:
    assert rule_life.next_version(version, TODAY) == following


def test_a_repeal_says_when_and_why() -> None:
    repealed = rule_life.repeal(replace(OLD, notes="旧"), on=day("2026-03"), reason="任务完成")
    assert repealed.notes == "旧\n2026年3月废止：任务完成"
    assert "原因" in refusal(lambda: rule_life.repeal(OLD, on=day("2026"), reason=""))
    assert "废止日期" in refusal(lambda: rule_life.repeal(OLD, on=None, reason="完成"))
    assert "早于" in refusal(lambda: rule_life.repeal(OLD, on=day("2019-01-01"), reason="错"))


def test_a_review_sets_the_next_one() -> None:
    kept = rule_life.review(
        OLD, on=day("2026-03-02"), by="王主任", outcome="kept", next_by=day("2028-03-01")
    )
    assert str(kept.review_by) == "2028-03-01"
    assert [(one.by, one.outcome) for one in kept.reviews] == [("王主任", "kept")]
    again = rule_life.review(
        kept, on=day("2028-03-01"), by="李主任", outcome="revise", opinion="标准已变"
    )
    assert len(again.reviews) == 2
    # It is called to mind until the revision is there.
    assert again.review_by == kept.review_by


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"on": None}, "请填写复审日期"),
        ({"by": " "}, "请填写由谁复审"),
        ({"outcome": ""}, "请选择复审结论"),
        ({"outcome": "repeal"}, "请写明为什么要修订或废止"),
        ({"next_by": day("2026-03-02")}, "下次复审日期应在本次复审之后"),
        ({"next_by": day("2025")}, "下次复审日期应在本次复审之后"),
    ],
)
def test_a_review_says_who_when_and_what(given: dict[str, object], told: str) -> None:
    usual: dict[str, object] = {"on": day("2026-03-02"), "by": "王主任", "outcome": "kept"}
    assert told in refusal(lambda: rule_life.review(OLD, **(usual | given)))  # type: ignore[arg-type] # any of the arguments


def test_only_what_is_in_force_is_reviewed() -> None:
    assert "现行有效" in refusal(
        lambda: rule_life.review(NEW, on=day("2026"), by="王主任", outcome="kept")
    )


_STEPS: dict[str, Callable[[Rule], Rule]] = {
    "consult": rule_life.consult,
    "issue": lambda rule: issue(rule)[-1],
    "revise": rule_life.begin_revision,
    "keep": rule_life.keep_unrevised,
    "repeal": lambda rule: rule_life.repeal(rule, on=day("2027-01-01"), reason="任务完成"),
}


@given(st.lists(st.sampled_from(sorted(_STEPS)), max_size=12))
def test_no_sequence_of_steps_leaves_the_allowed_ones(steps: list[str]) -> None:
    rule = Rule(id="r", title="会议管理制度")
    for step in steps:
        before = rule
        with suppress(Invalid):
            rule = _STEPS[step](rule)
            assert rule.status == before.status or rule.status in RULE_STEPS[before.status]
        assert not list(rule.problems())
        assert rule.status != "repealed" or rule.repealed_on is not None
