"""What SQL counts is what a person counts, record by record, whatever is in the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Round
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.indicators import INDICATORS, Tallies
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.quantity import Quantity
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.survey import Survey
from sanyou_desktop.model.unit import Unit
from tests.model.indicators.recount import recount

OWN = Unit(code="350300", name="莆田市机关事务管理局")
TODAY = date(2026, 8, 20)
YEAR = Period.of("year", TODAY)
REPEATS = next(one for one in INDICATORS if one.key == "repeat_findings")
PERIODS = (
    YEAR,
    *(Period.of(grain, TODAY) for grain in ("half", "quarter", "month")),
    Period.of("month", date(2026, 1, 1)),
    Period.of("year", date(2025, 1, 1)),
    Period(date(2026, 5, 10), date(2026, 6, 3)),
    Period(),
    Period(date(2026, 3, 1), None),
)

# Most days lie close together, around the edges of the periods; some are known only in part.
near = st.integers(0, 240).map(lambda n: PartialDate.of(date(2026, 1, 1) + timedelta(days=n)))
days = st.one_of(
    near,
    near,
    near,
    st.sampled_from(
        [None, *map(PartialDate.parse, ("2025-12-31", "2026", "2026-06", "2025-02", "XXXX-05-28"))]
    ),
)
words = st.sampled_from(("甲", "乙", ""))
themes = st.sampled_from(((), ("service",), ("service", "conduct"), ("environment",)))
counts = st.one_of(st.none(), st.integers(0, 30))
common = {"themes": themes, "unit": st.sampled_from((OWN.code, "350301")), "department": words}
TITLES = st.sampled_from(("积水", "漏检", "台阶 破损"))

items = st.builds(
    Item,
    key=st.just(""),
    item=words,
    full_score=st.sampled_from((None, Decimal(5), Decimal("7.5"))),
    deduction=st.sampled_from((None, Decimal("0.1"), Decimal(2))),
    occurrences=st.one_of(st.none(), st.integers(0, 9)),
    veto=st.booleans(),
    result=st.sampled_from(("", "pass", "fail", "na")),
)
inspections = st.builds(
    Inspection,
    title=TITLES,
    inspected_on=days,
    status=st.sampled_from(("planned", "done", "closed")),
    items=st.lists(items, min_size=1, max_size=3).map(
        lambda rows: tuple(replace(row, key=f"k{at}") for at, row in enumerate(rows))
    ),
    **common,
)
rounds = st.builds(
    Round,
    key=st.just("r"),
    rectified_on=days,
    by=st.just("张三"),
    verified_on=days,
    verified_by=st.just("李四"),
    verdict=st.sampled_from(("", "passed", "failed")),
)
findings = st.builds(
    Finding,
    title=TITLES,
    place=words,
    raised_on=days,
    due_on=days,
    closed_on=days,
    replied_on=days,
    reply=words,
    status=st.sampled_from(("open", "rectifying", "continuing", "rectified", "closed")),
    source=st.sampled_from(("", "complaint", "error", "accident", "superior")),
    item_key=st.sampled_from(("", "k0", "k1")),
    rounds=st.lists(rounds, max_size=1).map(tuple),
    **common,
)
pledges = st.builds(
    Pledge,
    title=TITLES,
    status=st.sampled_from(("draft", "published", "ended")),
    published_on=days,
    clauses=st.just((Clause(key="c", text="条款"),)),
    fulfilments=st.lists(
        st.tuples(days, st.sampled_from(("", "kept", "partly", "broken"))), max_size=3
    ).map(
        lambda rows: tuple(
            Fulfilment(key=f"f{at}", on=row[0], clause="c", outcome=row[1])
            for at, row in enumerate(rows)
        )
    ),
    **common,
)
rules = st.builds(
    Rule,
    title=TITLES,
    status=st.sampled_from(("drafting", "in_force", "revising", "repealed")),
    issued_on=days,
    effective_on=days,
    repealed_on=days,
    review_by=days,
    collection=st.booleans(),
    announced_count=counts,
    **common,
)
surveys = st.builds(
    Survey,
    title=TITLES,
    held_on=days,
    status=st.sampled_from(("draft", "done", "done")),
    distributed=counts,
    returned=counts,
    very_satisfied=counts,
    satisfied=counts,
    basically_satisfied=counts,
    dissatisfied=counts,
    not_rated=counts,
    weights=st.sampled_from(("", "100/90/50/10")),
    basic_excluded=st.booleans(),
    **common,
)
amounts = st.one_of(
    st.none(),
    st.builds(
        Quantity,
        st.sampled_from((None, Decimal(1400000), Decimal("0.1"))),
        st.sampled_from(("exact", "over", "about", "nearly", "under")),
        st.sampled_from(("元", "辆")),
        st.just("若干"),
    ),
)
activities = st.builds(
    Activity,
    title=TITLES,
    started_on=days,
    status=st.sampled_from(("planned", "done")),
    amount=amounts,
    **common,
)
ledgers = st.tuples(
    st.lists(inspections, min_size=1, max_size=3),
    st.lists(findings, min_size=5, max_size=9),
    st.lists(st.one_of(pledges, rules, surveys, activities), min_size=4, max_size=9),
    st.integers(0, 9),
)


@contextmanager
def ledger_of(records: list[Record]) -> Iterator[Ledger]:
    """A ledger with these records, written without asking whether they make sense together."""
    with TemporaryDirectory() as folder, Ledger.create(Path(folder) / "l.sytz", OWN) as ledger:
        for record in records:
            write_anyway(ledger, record)
        yield ledger


def write_anyway(ledger: Ledger, record: Record) -> None:
    """Write what no form would let pass: numbers must be right of files from anywhere."""
    kept = {name: type(record).__dict__.get(name) for name in ("problems",)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(record), "problems", lambda _self: iter(()))
        ledger.save(record)
    assert type(record).__dict__.get("problems") is kept["problems"]


def laid_out(
    held: list[Inspection], found: list[Finding], others: list[Record], turn: int
) -> list[Record]:
    """Give every record its id, and every finding its inspection; rows are keyed by inspection."""
    checks = [
        replace(
            one,
            id=new_id(),
            items=tuple(replace(row, key=f"{at}{row.key}") for row in one.items),
        ).completed()
        for at, one in enumerate(held)
    ]
    linked = [
        replace(
            one,
            id=new_id(),
            inspection=checks[(turn + at) % len(checks)].id,
            item_key=one.item_key and f"{(turn + at) % len(checks)}{one.item_key}",
        )
        for at, one in enumerate(found)
    ]
    return [*checks, *linked, *(replace(one, id=new_id()) for one in others)]


def assert_records_make_the_numbers(ledger: Ledger, stored: list[Record], scope: Scope) -> None:
    """What is told to have been counted is, alone, the whole number; and each of it counts."""
    every = ledger.tallies(PERIODS, TODAY, scope)[""]
    for period, whole in zip(PERIODS, every, strict=True):
        for one in INDICATORS:
            ids = ledger.counted_ids(one, period, TODAY, scope)
            counted = [record for record in stored if record.id in ids]
            assert len(counted) == len(ids)
            assert {record.kind for record in counted} <= {one.kind}
            if one is REPEATS:
                assert len(ids) == whole.repeats
                continue
            assert one.value(recount(counted, period, TODAY, 90)) == one.value(whole), one.key
            for record in counted:
                assert any(
                    getattr(recount([record], period, TODAY, 90), name) for name in one.behind
                )
            if one.shape == "count":
                assert len(ids) == one.value(whole)


# Making a ledger smaller takes minutes and shows little: what failed is shown as it was found.
@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(parts=ledgers)
def test_sql_counts_as_a_person_does(
    parts: tuple[list[Inspection], list[Finding], list[Record], int],
) -> None:
    records = laid_out(*parts)
    with ledger_of(records) as ledger:
        stored = [record for one in records if (record := ledger.get(one.id))]
        found = ledger.tallies(PERIODS, TODAY, Scope(repeat_days=90))[""]
        conduct = ledger.tallies(PERIODS, TODAY, Scope(theme="conduct", repeat_days=90))[""]
        by_unit = ledger.tallies(PERIODS, TODAY, Scope(by="unit", repeat_days=90))
        by_theme = ledger.tallies(PERIODS, TODAY, Scope(by="theme", repeat_days=90))
        alone = ledger.tallies(PERIODS, TODAY, Scope(unit="350301", repeat_days=90))[""]
        for scope in (Scope(repeat_days=90), Scope(theme="conduct", repeat_days=90)):
            assert_records_make_the_numbers(ledger, stored, scope)
    for at, period in enumerate(PERIODS):
        assert found[at] == recount(stored, period, TODAY, 90)
        assert conduct[at] == recount(stored, period, TODAY, 90, "conduct")
        assert alone[at] == recount(stored, period, TODAY, 90, unit="350301")
        assert by_unit.get("350301", (Tallies(),) * len(PERIODS))[at] == alone[at]
        assert by_theme.get("conduct", (Tallies(),) * len(PERIODS))[at] == conduct[at]


def test_the_same_item_of_two_inspections_is_the_same_matter() -> None:
    """Each inspection has rows of its own; their texts tell that the matter came back."""
    checks = [
        Inspection(id=new_id(), unit=OWN.code, title="五查", items=(Item(key=key, item="卫生"),))
        for key in ("a", "b")
    ]
    found = [
        Finding(
            id=new_id(),
            unit=OWN.code,
            title=title,
            place="一楼",
            inspection=check.id,
            item_key=check.items[0].key,
            raised_on=PartialDate(2026, month, 1),
        )
        for title, check, month in zip(("积水", "灰尘"), checks, (3, 4), strict=True)
    ]
    with ledger_of([*checks, *found]) as ledger:
        (year,) = ledger.tallies([YEAR], TODAY, Scope())[""]
        (short,) = ledger.tallies([YEAR], TODAY, Scope(repeat_days=30))[""]
        assert ledger.counted_ids(REPEATS, YEAR, TODAY, Scope()) == {found[1].id}
        assert ledger.counted_ids(REPEATS, YEAR, TODAY, Scope(repeat_days=30)) == set()
    assert (year.repeats, short.repeats) == (1, 0)


def test_what_is_in_the_recycle_bin_does_not_count() -> None:
    one = Finding(id=new_id(), unit=OWN.code, title="积水", raised_on=PartialDate(2026, 3, 1))
    with ledger_of([one]) as ledger:
        ledger.delete([one.id])
        assert ledger.tallies([YEAR], TODAY, Scope())[""] == (Tallies(),)


def test_confidential_records_count_too() -> None:
    one = Finding(id=new_id(), unit=OWN.code, title="积水", confidential="secret")
    with ledger_of([one]) as ledger:
        (everything,) = ledger.tallies([Period()], TODAY, Scope())[""]
    assert everything.raised == 1


def test_rows_written_by_another_program_count_the_same() -> None:
    """Other programs may put the keys of a row in any order, and leave some out."""
    entry = '{"outcome": "kept", "on": "2026-03-01", "evidence": "\\"outcome\\":"}'
    item = (
        '{"result":"fail","veto":true,"item":"\\"full_score\\":5","full_score":5.5,"deduction":0.1,'
        '"occurrences":2}'
    )
    check = Inspection(
        id=new_id(), unit=OWN.code, title="检查", status="done", inspected_on=PartialDate(2026, 3)
    )
    pledge = Pledge(id=new_id(), unit=OWN.code, title="承诺", status="published")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "l.sytz"
        with Ledger.create(path, OWN) as ledger:
            ledger.save_many([check, pledge], "示例")
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("UPDATE inspection SET items = ?", [f"[{item}]"])
            conn.execute("UPDATE pledge SET fulfilments = ?", [f"[{entry}]"])
        with Ledger.open(path) as ledger:
            (year,) = ledger.tallies([YEAR], TODAY, Scope())[""]
    assert (year.points, year.base) == (Decimal("5.3"), Decimal("5.5"))
    assert (year.failed, year.vetoed, year.kept) == (1, 1, 1)
