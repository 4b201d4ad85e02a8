"""Every entry counts once; a broken promise is one problem, with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model import fulfilling
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.problems import Invalid

DAY = date(2026, 3, 2)
PLEDGE = Pledge(
    id="p",
    unit="350582-01",
    title="四心服务承诺",
    status="published",
    department="办公室",
    person="王晓明",
    themes=("service",),
    clauses=(
        Clause(key="a", text="来电三声内接听", standard="不推诿", time_limit="即时"),
        Clause(key="b", text="无投诉", target=Decimal(0)),
        Clause(key="c"),
    ),
)


def refusal(step: Callable[[], object]) -> str:
    with pytest.raises(Invalid) as caught:
        step()
    return str(caught.value)


def entry(clause: str, outcome: str, evidence: str = "登记簿") -> Fulfilment:
    return Fulfilment(clause=clause, outcome=outcome, evidence=evidence)


def test_entries_get_day_and_key_and_are_added_to_those_before() -> None:
    once = fulfilling.fulfil(
        PLEDGE, [entry("a", "kept"), entry("b", "", ""), entry("c", "partly")], DAY
    )
    twice = fulfilling.fulfil(once, [entry("a", "broken", "占线 10 分钟")], DAY)
    assert [(one.clause, one.outcome) for one in twice.fulfilments] == [
        ("a", "kept"),
        ("c", "partly"),
        ("a", "broken"),
    ]
    assert {one.on for one in twice.fulfilments} == {PartialDate.of(DAY)}
    assert len({one.key for one in twice.fulfilments}) == 3
    assert fulfilling.tally(twice, "a") == fulfilling.Tally(1, 0, 1)
    assert fulfilling.tally(twice).rate == Decimal("33.3")
    assert fulfilling.tally(PLEDGE).rate is None


def test_only_what_was_promised_in_public_is_kept_or_broken() -> None:
    draft = replace(PLEDGE, status="draft")
    assert "只有已公示的承诺" in refusal(
        lambda: fulfilling.fulfil(draft, [entry("a", "kept")], DAY)
    )


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], "还没有登记任何一条"),
        ([entry("a", "", "")], "还没有登记任何一条"),
        ([entry("a", "kept"), entry("b", "")], "第 2 条写了依据，还没有选兑现情况"),
        ([entry("z", "kept")], "条款已不存在"),
        ([entry("a", "kept"), entry("b", "broken", " ")], "第 2 条没有完全兑现，请写明依据"),
        ([entry("c", "partly", "")], "第 3 条没有完全兑现，请写明依据"),
    ],
)
def test_what_says_nothing_is_refused(entries: list[Fulfilment], told: str) -> None:
    assert told in refusal(lambda: fulfilling.fulfil(PLEDGE, entries, DAY))


def test_a_broken_promise_is_a_problem_with_all_that_is_known() -> None:
    after = fulfilling.fulfil(PLEDGE, [entry("a", "broken", "3 月 2 日占线 10 分钟")], DAY)
    (broken,) = fulfilling.newly_broken(PLEDGE, after)
    finding = fulfilling.finding_of(after, broken, "complaint")
    assert not list(finding.problems())
    assert (finding.against, finding.clause, finding.source) == ("p", "a", "complaint")
    assert (finding.unit, finding.person, finding.themes) == ("350582-01", "王晓明", ("service",))
    assert finding.title == "未兑现：来电三声内接听"
    assert finding.raised_on == PartialDate.of(DAY)
    assert finding.description.splitlines() == [
        "承诺「四心服务承诺」第 1 条没有兑现：来电三声内接听",
        "服务标准：不推诿",
        "办理时限：即时",
        "依据：3 月 2 日占线 10 分钟",
    ]


def test_a_clause_without_words_goes_by_its_number() -> None:
    after = fulfilling.fulfil(PLEDGE, [entry("c", "broken")], DAY)
    (broken,) = fulfilling.newly_broken(PLEDGE, after)
    assert fulfilling.finding_of(after, broken).title == "未兑现：第 3 条"


_ENTRIES = st.lists(
    st.builds(entry, st.sampled_from("abc"), st.sampled_from(["kept", "partly", "broken"])),
    min_size=1,
    max_size=6,
)


@given(st.lists(_ENTRIES, max_size=5))
def test_each_broken_entry_is_new_exactly_once(days: list[list[Fulfilment]]) -> None:
    pledge, raised = PLEDGE, 0
    for entries in days:
        after = fulfilling.fulfil(pledge, entries, DAY)
        raised += len(fulfilling.newly_broken(pledge, after))
        assert not fulfilling.newly_broken(after, after)
        pledge = after
    counted = [fulfilling.tally(pledge, clause.key) for clause in pledge.clauses]
    assert raised == fulfilling.tally(pledge).broken == sum(one.broken for one in counted)
    assert sum(one.times for one in counted) == sum(map(len, days))
    rate = fulfilling.tally(pledge).rate
    assert rate is None or 0 <= rate <= 100
