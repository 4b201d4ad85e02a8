"""What the program itself writes into records is Chinese, whatever the window speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from sanyou_desktop.model.compiling import clauses_of
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.from_list import zero_target_pledge_of
from sanyou_desktop.model.fulfilling import finding_of as finding_of_promise
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.model.planning import extra_inspection
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.pledge_life import end, succeeded
from sanyou_desktop.model.raising import finding_of
from sanyou_desktop.model.reinspection import reinspection
from sanyou_desktop.model.requesting import request_for
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.rule_life import put_in_force
from sanyou_desktop.model.scheme import Entry, Scheme
from sanyou_desktop.model.supervision import usual_demand
from sanyou_desktop.wording import use_language

DAY = PartialDate(2026, 3, 5)
FAILED = Item(
    key="一",
    standard="无积水",
    follow_through="每日",
    result="fail",
    occurrences=2,
    full_score=Decimal(10),
)
CHECK = Inspection(id="一", title="季度检查", items=(FAILED,), inspectors=("王一", "李二"))
LIST = Scheme(
    title="八个不让", entries=(Entry(key="一", text="不让", standard="一", follow_through="二"),)
)
PLEDGE = Pledge(
    id="一",
    title="四心",
    status="published",
    clauses=(Clause(key="一", standard="半小时", time_limit="当日"),),
)
BROKEN = Fulfilment(key="一", on=DAY, clause="一", outcome="broken", evidence="来电无人接听")


def of_an_item() -> tuple[str, ...]:
    made = finding_of(CHECK, 0, DAY)
    return made.title, made.description, made.raised_by


def of_a_promise() -> tuple[str, ...]:
    made = finding_of_promise(PLEDGE, BROKEN)
    whole = finding_of_promise(PLEDGE, Fulfilment(key="二", on=DAY, outcome="broken"))
    return made.title, made.description, whole.title, whole.description


def of_a_rule() -> tuple[str, ...]:
    old = Rule(id="一", title="旧规定", status="in_force")
    new = Rule(id="二", title="新规定", replaces="一")
    repealed, _new = put_in_force(new, old, doc_number="", issued_on=DAY, effective_on=DAY)
    return (repealed.notes,)


def of_a_pledge() -> tuple[str, ...]:
    by = Pledge(id="二", title="新四心", status="published", valid_from=PartialDate(2026, 4, 1))
    former = succeeded(PLEDGE, by)
    assert former is not None
    return former.notes, end(PLEDGE, on=DAY, reason="任务已完成").notes


def of_lists_and_plans() -> tuple[str, ...]:
    plan = Plan(title="季查", scheme="五查")
    return (
        str(zero_target_pledge_of(LIST, "").raw["title"]),
        clauses_of(LIST)[0].standard,
        extra_inspection(plan, date(2026, 3, 5), ()).title,
        reinspection(CHECK, DAY).title,
        request_for(Period.of("quarter", date(2026, 3, 5))).title,
        usual_demand(),
    )


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh_CN")


@pytest.mark.parametrize(
    "written", [of_an_item, of_a_promise, of_a_rule, of_a_pledge, of_lists_and_plans]
)
@pytest.mark.usefixtures("english")
def test_records_are_written_in_chinese(written: Callable[[], tuple[str, ...]]) -> None:
    for text in written():
        assert text
        assert not re.search("[A-Za-z]", text), text
