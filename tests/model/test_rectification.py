"""A finding goes round its loop by allowed steps only, however often and in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sanyou_desktop.model import rectification as loop
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Round, checked_by_another
from sanyou_desktop.model.people import people_in
from sanyou_desktop.model.problems import Invalid

DAY = date(2026, 3, 2)
RAISED = Finding(
    id="f", title="走廊灯不亮", raised_on=PartialDate.of(DAY), raised_by="王主任", person="张三"
)


def rectified(finding: Finding = RAISED, by: str = "张三") -> Finding:
    return loop.rectify(finding, on=DAY, by=by, rectification="已更换灯管")


def passed(finding: Finding = RAISED) -> Finding:
    return loop.recheck(rectified(finding), on=DAY, by="李四", passed=True)


def closed(finding: Finding = RAISED) -> Finding:
    return loop.close(loop.reply(passed(finding), on=DAY, text="灯已修好"), on=DAY)


def refusal(step: Callable[[], Finding]) -> str:
    with pytest.raises(Invalid) as caught:
        step()
    return str(caught.value)


def test_the_whole_loop() -> None:
    begun = loop.begin(RAISED, measure="更换灯管", person="张三", due_on=PartialDate(2026, 3, 9))
    assert (begun.status, loop.next_step(begun)) == ("rectifying", loop.RECTIFY)
    done = rectified(begun)
    assert (done.status, loop.next_step(done)) == ("rectified", loop.RECHECK)
    checked = loop.recheck(done, on=DAY, by="李四", passed=True)
    assert (checked.status, loop.next_step(checked)) == ("rectified", loop.REPLY)
    answered = loop.reply(checked, on=DAY, text="灯已修好")
    assert loop.next_step(answered) == loop.CLOSE
    ended = loop.close(answered, on=DAY)
    assert (ended.status, loop.next_step(ended)) == ("closed", loop.NOTHING)


def test_a_refusal_starts_the_next_round_and_needs_an_opinion() -> None:
    done = rectified()
    told = refusal(lambda: loop.recheck(done, on=DAY, by="李四", passed=False))
    assert told == "整改过程 第 1 行 复查意见：退回时请写明复查意见，整改人才知道差在哪里"
    refused = loop.recheck(done, on=DAY, by="李四", passed=False, opinion="仍有两盏不亮")
    assert (refused.status, loop.next_step(refused)) == ("rectifying", loop.RECTIFY)
    again = rectified(refused)
    assert [one.verdict for one in again.rounds] == ["failed", ""]
    assert "没有等待复查的整改" in refusal(
        lambda: loop.recheck(refused, on=DAY, by="李四", passed=True)
    )


@pytest.mark.parametrize("checker", ["", "张三", "张 三"])
def test_nobody_checks_their_own_work(checker: str) -> None:
    told = refusal(lambda: loop.recheck(rectified(), on=DAY, by=checker, passed=True))
    assert told == "整改过程 第 1 行 复查人：复查人须填写，且不能是整改人本人"


def test_a_finding_does_not_close_unchecked_or_unanswered() -> None:
    assert "复查通过" in refusal(lambda: loop.close(RAISED, on=DAY))
    assert "复查通过" in refusal(lambda: loop.close(rectified(), on=DAY))
    assert "答复提出人" in refusal(lambda: loop.close(passed(), on=DAY))
    assert "请填写回音内容" in refusal(lambda: loop.reply(RAISED, on=DAY, text=" "))


def test_days_out_of_order_are_refused_with_both_days() -> None:
    early = DAY - timedelta(days=1)
    told = refusal(lambda: loop.rectify(RAISED, on=early, by="张三", rectification="已换"))
    assert told == (
        "整改过程 第 1 行 整改日期：整改日期 2026-03-01 早于提出日期 2026-03-02，请核对这两个日期"
    )
    told = refusal(lambda: loop.recheck(rectified(), on=early, by="李四", passed=True))
    assert "复查日期 2026-03-01 早于整改日期 2026-03-02" in told
    checked = loop.recheck(rectified(), on=DAY + timedelta(days=3), by="李四", passed=True)
    answered = loop.reply(checked, on=DAY, text="灯已修好")
    assert "销号日期 2026-03-02 早于复查日期 2026-03-05" in refusal(
        lambda: loop.close(answered, on=DAY)
    )


def test_a_finding_is_answered_before_it_is_closed_and_reopened_after() -> None:
    later = DAY + timedelta(days=1)
    answered = loop.reply(passed(), on=later, text="灯已修好")
    told = refusal(lambda: loop.close(answered, on=DAY))
    assert told == "销号日期：销号日期 2026-03-02 早于回音日期 2026-03-03，请核对这两个日期"
    ended = loop.close(answered, on=later)
    told = refusal(lambda: loop.reopen(ended, on=DAY, by="李四", reason="又不亮了"))
    assert told == (
        "重开记录 第 1 行 重开日期：重开日期 2026-03-02 早于销号日期 2026-03-03，请核对这两个日期"
    )
    # A reopening of before, that nobody can change any more, is no reason to refuse what follows.
    opened = loop.reopen(ended, on=later, by="李四", reason="又不亮了")
    early = replace(opened.reopenings[0], on=PartialDate.of(DAY))
    kept = replace(opened, reopenings=(early,))
    assert not [*kept.step_problems(kept), *kept.problems()]


def test_going_on_needs_its_reason() -> None:
    assert "持续整改须写明原因" in refusal(lambda: loop.keep_going(RAISED, ""))
    assert loop.keep_going(RAISED, "需待大修").status == "continuing"


def test_a_closed_finding_is_taken_up_again_only_with_a_reason_and_a_new_round() -> None:
    ended = closed()
    assert "请写明为什么重开" in refusal(lambda: loop.reopen(ended, on=DAY, by="王主任", reason=""))
    assert "只有已销号" in refusal(lambda: loop.reopen(RAISED, on=DAY, by="王主任", reason="又坏"))
    for step in (
        lambda: rectified(ended),
        lambda: loop.recheck(ended, on=DAY, by="李四", passed=True),
        lambda: loop.reply(ended, on=DAY, text="好了"),
        lambda: loop.keep_going(ended, "等"),
        lambda: loop.close(ended, on=DAY),
    ):
        assert "请先重开" in refusal(step)
    again = loop.reopen(ended, on=DAY, by="王主任", reason="又不亮了")
    (opened,) = again.reopenings
    assert (opened.closed_on, opened.reply) == (ended.closed_on, "灯已修好")
    assert (again.closed_on, again.replied_on, again.reply) == (None, None, "")
    assert loop.next_step(again) == loop.RECTIFY
    answered = loop.reply(again, on=DAY, text="又修好了")
    assert "重开后还没有新的整改" in refusal(lambda: loop.close(answered, on=DAY))
    assert closed(again).status == "closed"


@pytest.mark.parametrize("status", ["open", "rectifying", "continuing", "rectified"])
def test_a_status_typed_over_a_closed_one_is_refused(status: str) -> None:
    ended = closed()
    typed = replace(ended, status=status, continuing_reason="等大修")
    assert typed.step_after(ended)


def test_what_waits_for_others_is_not_begun_again() -> None:
    for step in (
        lambda: loop.keep_going(rectified(), "等大修"),
        lambda: loop.begin(passed(), measure="再换", person="张三", due_on=None),
    ):
        assert "正等待复查或回音" in refusal(step)


@pytest.mark.parametrize("kept", [(), "another"])
def test_a_reopening_cannot_be_taken_out(kept: object) -> None:
    again = loop.reopen(closed(), on=DAY, by="王主任", reason="又坏了")
    other = (replace(again.reopenings[0], key="x"),) if kept else ()
    found = [str(one) for one in replace(again, reopenings=other).step_after(again)]
    assert any("不能删除或调换次序" in one for one in found)


@pytest.mark.parametrize(
    ("by", "checker", "is_another"),
    [
        ("张三和李四", "李四", False),
        ("张三/李四", "李四", False),
        ("张三 李四", "李四", False),
        ("李四（科长）", "李四", False),
        ("张 三", "张三", False),
        ("张三", "李四、张三", True),
        ("张三", "李四(后勤科)", True),
    ],
)
def test_who_is_another_person(by: str, checker: str, is_another: bool) -> None:
    one = Round(by=by, verified_by=checker, rectification="已换", verdict="passed")
    assert checked_by_another(one) is is_another


def test_rounds_follow_one_another_in_time() -> None:
    first = Round(
        key="1", by="张三", rectified_on=PartialDate(2026, 3, 3), verified_by="李四",
        verified_on=PartialDate(2026, 3, 9), verdict="failed", opinion="仍不亮",
    )  # fmt: skip
    second = Round(key="2", by="张三", rectified_on=PartialDate(2026, 3, 5))
    (told,) = replace(RAISED, rounds=(first, second)).problems()
    assert "早于上一轮复查日期 2026-03-09" in str(told)
    early = Round(key="1", rectification="已换", verified_on=PartialDate(2020))
    (told,) = replace(RAISED, rounds=(early,)).problems()
    assert "早于提出日期" in str(told)


def test_nobody_knows_who_checked_whom_without_names() -> None:
    unnamed = Round(key="1", rectification="已换", verified_by="李四", verdict="passed")
    (told,) = replace(RAISED, status="closed", reply="好了", rounds=(unnamed,)).problems()
    assert "请填写整改人" in str(told)


def test_a_round_that_was_begun_by_hand_is_filled() -> None:
    begun = replace(RAISED, rounds=(Round(key="r", by="张三"),))
    assert [one.key for one in rectified(begun).rounds] == ["r"]


PEOPLE = st.sampled_from(("张三", "李四", "张三、李四", ""))
WORDS = st.sampled_from(("", "已换", "又坏了"))


class Loop(RuleBasedStateMachine):
    """Anybody does anything on any day; what the model lets through stays sound."""

    @initialize()
    def raised(self) -> None:
        """A finding is raised."""
        self.finding = RAISED
        self.day = DAY

    def attempt(self, step: Callable[[], Finding]) -> None:
        """Take a step, or see it refused; a refused one changes nothing."""
        with suppress(Invalid):
            self.finding = step()

    @rule(days=st.integers(-3, 20))
    def days_pass(self, days: int) -> None:
        """The clock of this machine may even go back."""
        self.day += timedelta(days=days)

    @rule(by=PEOPLE, words=WORDS)
    def rectify(self, by: str, words: str) -> None:
        """Somebody rectifies."""
        self.attempt(lambda: loop.rectify(self.finding, on=self.day, by=by, rectification=words))

    @rule(by=PEOPLE, passed=st.booleans(), words=WORDS)
    def recheck(self, by: str, passed: bool, words: str) -> None:
        """Somebody checks."""
        self.attempt(
            lambda: loop.recheck(self.finding, on=self.day, by=by, passed=passed, opinion=words)
        )

    @rule(words=WORDS)
    def reply(self, words: str) -> None:
        """Somebody answers."""
        self.attempt(lambda: loop.reply(self.finding, on=self.day, text=words))

    @rule(words=WORDS)
    def keep_going(self, words: str) -> None:
        """It cannot be done at once."""
        self.attempt(lambda: loop.keep_going(self.finding, words))

    @rule()
    def close(self) -> None:
        """Somebody closes."""
        self.attempt(lambda: loop.close(self.finding, on=self.day))

    @precondition(lambda self: self.finding.status == "closed")
    @rule(words=WORDS)
    def reopen(self, words: str) -> None:
        """Somebody takes it up again."""
        self.attempt(lambda: loop.reopen(self.finding, on=self.day, by="王主任", reason=words))

    @invariant()
    def sound(self) -> None:
        """What stands could be saved as new, and a closed one has its check and its answer."""
        assert not list(self.finding.problems())
        assert (loop.next_step(self.finding) == "") == (self.finding.status == "closed")
        if self.finding.status == "closed":
            last = self.finding.rounds[-1]
            assert last.verdict == "passed"
            assert people_in(last.verified_by) - people_in(last.by)
            assert self.finding.replied_on
            later = [opened.round for opened in self.finding.reopenings]
            assert last.key not in later

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every former closing is still there with its answer."""
        assert all(opened.closed_on and opened.reply for opened in self.finding.reopenings)


TestLoop = Loop.TestCase
