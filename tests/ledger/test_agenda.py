"""What 今日 is told by SQL is what the model says of each record alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.agenda import (
    CLOSE,
    EXPIRING,
    NOWHERE,
    PLANNED,
    RECHECK,
    REPLY,
    REVIEW,
    SECTIONS,
    section_of,
)
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.escalation import OVERDUE, REMINDER, WARNING
from sanyou_desktop.model.finding import FINDING_STATUSES, VERDICTS, Finding, Reopening, Round
from sanyou_desktop.model.inspection import INSPECTION_STATUSES, Inspection
from sanyou_desktop.model.pledge import PLEDGE_STATUSES, Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rectification import close, recheck, rectify, reopen, reply
from sanyou_desktop.model.rule import RULE_STATUSES, Rule
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
DAY = date(2026, 2, 26)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sanyou", Unit(code=UNIT, name="莆田市")) as ledger:
        yield ledger


NEAR = st.integers(-40, 40).map(lambda days: PartialDate.of(DAY + timedelta(days=days)))
DATES = st.one_of(
    st.none(),
    NEAR,
    st.sampled_from(
        [PartialDate(2026, month) for month in (None, 1, 2, 3)] + [PartialDate(None, 2, 27)]
    ),
)
TEXTS = st.sampled_from(["", "已改"])
ROUNDS = st.builds(
    Round,
    key=st.sampled_from(["a", "b"]),
    rectified_on=DATES,
    rectification=TEXTS,
    by=st.just("张三"),
    verified_by=st.sampled_from(["李四", ""]),
    verified_on=DATES,
    verdict=st.sampled_from(["", *(option.value for option in VERDICTS)]),
    opinion=TEXTS,
)


def statuses(options: tuple[object, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([getattr(option, "value", "") for option in options])


FINDINGS = st.builds(
    Finding,
    status=statuses(FINDING_STATUSES),
    due_on=DATES,
    rounds=st.lists(ROUNDS, max_size=2, unique_by=lambda row: row.key).map(tuple),
    reopenings=st.lists(
        st.builds(Reopening, key=st.just("r"), reason=st.just("又坏"), round=st.sampled_from("ab")),
        max_size=1,
    ).map(tuple),
    reply=TEXTS,
    replied_on=DATES,
    continuing_reason=st.just("等经费"),
)
RECORDS = st.one_of(
    FINDINGS,
    st.builds(Inspection, status=statuses(INSPECTION_STATUSES), planned_on=DATES),
    st.builds(Pledge, status=statuses(PLEDGE_STATUSES), valid_until=DATES),
    st.builds(Rule, status=statuses(RULE_STATUSES), review_by=DATES),
).filter(lambda record: not list(record.problems()))


@given(st.lists(RECORDS, max_size=12), st.integers(1, 12))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_record_is_where_the_model_puts_it(
    ledger: Ledger, drawn: list[Record], shown: int
) -> None:
    kept = [replace(record, title=f"第{place}件") for place, record in enumerate(drawn)]
    ids = ledger.save_many(kept, "").ids
    records = [record for one in ids if (record := ledger.get(one)) is not None]
    wanted: dict[str, set[str]] = {}
    for record in records:
        wanted.setdefault(section_of(record, DAY), set()).add(record.id)
    wanted.pop(NOWHERE, None)
    found = ledger.agenda(DAY, shown)
    assert {section.key: section.total for section in found} == {
        key: len(inside) for key, inside in wanted.items()
    }
    for section in found:
        told = [matter.id for matter in section.matters]
        assert len(told) == min(shown, section.total) == section.total - section.more
        assert set(told) <= wanted[section.key]
    assert [section.key for section in found] == [key for key in SECTIONS if key in wanted]
    ledger.delete(ids)


def on(days: int) -> PartialDate:
    return PartialDate.of(DAY + timedelta(days=days))


def test_the_most_pressing_come_first_with_all_that_a_line_tells(ledger: Ledger) -> None:
    def due(title: str, days: int) -> Finding:
        return Finding(title=title, unit=UNIT, department="行政科", person="李四", due_on=on(days))

    ledger.save_many(
        [
            due("迟两天", -2),
            due("迟九天", -9),
            due("今天", 0),
            due("四天", 4),
            Inspection(title="月查", unit=UNIT, inspected_unit="食堂", planned_on=on(-1)),
            Pledge(title="承诺", unit=UNIT, status="published", valid_until=on(30)),
            Rule(title="制度", unit=UNIT, status="in_force", review_by=on(29)),
        ],
        "",
    )
    found = {section.key: section for section in ledger.agenda(DAY, 5)}
    assert {key: [matter.title for matter in found[key].matters] for key in found} == {
        OVERDUE: ["迟九天", "迟两天"],
        WARNING: ["今天"],
        REMINDER: ["四天"],
        PLANNED: ["月查"],
        EXPIRING: ["承诺"],
        REVIEW: ["制度"],
    }
    late = found[OVERDUE].matters[0]
    assert (late.department, late.person, late.due_on, late.since) == (
        "行政科", "李四", on(-9), None,
    )  # fmt: skip
    assert found[PLANNED].matters[0].department == "食堂"


def test_who_waits_longest_is_first(ledger: Ledger) -> None:
    def waiting(title: str, rectified: int | None) -> Finding:
        day = None if rectified is None else on(rectified)
        done = Round(key="a", rectified_on=day, rectification="已改", by="张三")
        return Finding(title=title, unit=UNIT, status="rectified", rounds=(done,))

    ledger.save_many([waiting("何时", None), waiting("昨天", -1), waiting("上周", -7)], "")
    (section,) = ledger.agenda(DAY, 5)
    assert [matter.title for matter in section.matters] == ["上周", "昨天", "何时"]
    assert section.matters[0].since == on(-7)


def test_a_finding_goes_from_section_to_section_until_it_is_closed(ledger: Ledger) -> None:
    now = Finding(title="灯坏了", unit=UNIT, due_on=on(2))

    def seen(finding: Finding) -> list[str]:
        nonlocal now
        stored = ledger.save(finding).record
        sections = ledger.agenda(DAY, 5)
        assert all(matter.id == stored.id for section in sections for matter in section.matters)
        assert [section_of(stored, DAY)] == ([section.key for section in sections] or [NOWHERE])
        assert isinstance(stored, Finding)
        now = stored
        return [section.key for section in sections]

    assert seen(now) == [WARNING]
    assert seen(rectify(now, on=DAY, by="张三", rectification="已换")) == [RECHECK]
    refused = recheck(now, on=DAY, by="李四", passed=False, opinion="还是不亮")
    assert seen(refused) == [WARNING]
    assert seen(rectify(now, on=DAY, by="张三", rectification="再换")) == [RECHECK]
    assert seen(recheck(now, on=DAY, by="李四", passed=True)) == [REPLY]
    assert seen(reply(now, on=DAY, text="已修好")) == [CLOSE]
    assert seen(close(now, on=DAY)) == []
    assert seen(reopen(now, on=DAY, by="王五", reason="又坏了")) == [WARNING]
