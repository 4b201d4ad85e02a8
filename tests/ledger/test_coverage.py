"""What is covered and what is not, by what inspections, findings and other records say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.coverage import Coverage
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350300", name="莆田市机关事务管理局")
TODAY = date(2026, 8, 20)
YEAR = Period.of("year", TODAY)
MARCH = PartialDate.parse("2026-03-05")
PLEDGE = Pledge(
    id=new_id(),
    unit=OWN.code,
    title="四心服务承诺",
    status="published",
    published_on=MARCH,
    clauses=(Clause(key="c", text="热心接待"),),
    themes=("service",),
)
RULE = Rule(
    id=new_id(),
    unit=OWN.code,
    title="公务接待管理办法",
    doc_number="莆机管〔2026〕3号",
    status="in_force",
    issued_on=MARCH,
)
CHECK = Inspection(id=new_id(), unit=OWN.code, title="三月检查", status="done", inspected_on=MARCH)


def look(tmp_path: Path, *records: Record, period: Period = YEAR, theme: str = "") -> Coverage:
    with Ledger.create(tmp_path / "l.sytz", OWN) as ledger:
        ledger.save_many(records, "示例")
        return ledger.coverage(period, TODAY, Scope(theme=theme))


def item(text: str) -> tuple[Item, ...]:
    return (Item(key="i", item=text),)


def test_alone_a_pledge_is_unchecked_and_a_rule_uncited(tmp_path: Path) -> None:
    found = look(tmp_path, PLEDGE, RULE, CHECK)
    assert [one.id for one in found.unchecked] == [PLEDGE.id]
    assert [one.title for one in found.uncited] == [RULE.title]
    assert (found.pledges, found.rules) == (1, 1)


@pytest.mark.parametrize(
    "held",
    [
        replace(CHECK, items=item("热心 接待")),
        replace(CHECK, items=item("四心服务承诺")),
        replace(CHECK, scheme="四心服务承诺"),
        # A check of which only the year is known may lie in the month asked for.
        replace(CHECK, items=item("热心接待"), inspected_on=PartialDate(2026)),
        replace(CHECK, items=item("热心接待"), inspected_on=None),
    ],
)
def test_an_inspection_checks_a_pledge_by_its_words(tmp_path: Path, held: Inspection) -> None:
    assert look(tmp_path, PLEDGE, held, period=Period.of("month", date(2026, 3, 1))).unchecked == ()


@pytest.mark.parametrize(
    "held",
    [
        replace(CHECK, items=item("热心接待"), status="planned"),
        replace(CHECK, items=item("热心接待"), inspected_on=PartialDate(2025)),
        replace(CHECK, items=item("热心")),
    ],
)
def test_others_do_not(tmp_path: Path, held: Inspection) -> None:
    assert len(look(tmp_path, PLEDGE, held).unchecked) == 1


def test_a_finding_of_an_inspection_checks_what_it_is_against(tmp_path: Path) -> None:
    found = Finding(
        id=new_id(), unit=OWN.code, title="冷淡", inspection=CHECK.id, against=PLEDGE.id
    )
    assert look(tmp_path, PLEDGE, CHECK, found).unchecked == ()


@pytest.mark.parametrize(
    "citing",
    [
        Finding(id=new_id(), unit=OWN.code, title="超标", against=RULE.id),
        replace(CHECK, items=item("按《公务接待管理办法》核对")),
        replace(CHECK, items=item("对照莆机管[2026]3号执行")),
        replace(PLEDGE, statement="严格执行《公务接待 管理办法》"),
    ],
)
def test_a_rule_is_cited_by_title_number_or_finding(tmp_path: Path, citing: Record) -> None:
    assert look(tmp_path, RULE, citing).uncited == ()


def test_a_rule_does_not_cite_itself(tmp_path: Path) -> None:
    own = replace(RULE, text="本办法即《公务接待管理办法》（莆机管〔2026〕3号）")
    assert len(look(tmp_path, own).uncited) == 1


def test_a_longer_number_is_another_rule(tmp_path: Path) -> None:
    citing = replace(PLEDGE, statement="执行莆机管〔2026〕13号和闽机管〔2026〕3号")
    assert len(look(tmp_path, RULE, citing).uncited) == 1


def test_themes_without_a_record_are_told(tmp_path: Path) -> None:
    found = look(tmp_path, PLEDGE, replace(CHECK, themes=("environment",), inspected_on=None))
    assert found.themes["service"]["pledge"] == 1
    # A record of unknown day is no proof that the period had one.
    assert found.bare_themes == ("conduct", "environment", "satisfaction")


def test_scopes(tmp_path: Path) -> None:
    assert look(tmp_path, PLEDGE, RULE, theme="conduct").pledges == 0
