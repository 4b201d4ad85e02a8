"""What was made from a record, through any number of steps, and the mark it would have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.model.unit import Unit


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", Unit(code="350300", name="莆田")) as ledger:
        yield ledger


def saved(ledger: Ledger, record: Record) -> str:
    return ledger.save(record).record.id


def test_it_goes_on_through_what_has_a_mark_and_leaves_that_out(ledger: Ledger) -> None:
    first = saved(ledger, Inspection(title="检查"))
    again = saved(ledger, Inspection(title="复查", previous=first, confidential="secret"))
    finding = saved(ledger, Finding(title="问题", inspection=again))
    saved(ledger, Finding(title="无关"))
    deleted = saved(ledger, Finding(title="删掉的", inspection=first))
    ledger.delete([deleted])
    (made,) = ledger.made_from([first])
    assert (made.id, made.kind, made.key, made.source) == (finding, "finding", "inspection", again)


def test_what_refers_back_to_itself_comes_to_an_end(ledger: Ledger) -> None:
    one = saved(ledger, Finding(title="甲"))
    two = saved(ledger, Finding(title="乙", concerns=one))
    assert [made.id for made in ledger.made_from([one, two])] == []
    assert [made.id for made in ledger.made_from([one])] == [two]


def test_a_finding_only_cites_the_rule_that_is_broken(ledger: Ledger) -> None:
    rule, pledge = saved(ledger, Rule(title="制度")), saved(ledger, Pledge(title="承诺"))
    saved(ledger, Finding(title="违反制度", against=rule))
    broken = saved(ledger, Finding(title="没有兑现", against=pledge))
    assert [made.id for made in ledger.made_from([rule, pledge])] == [broken]


def test_the_strictest_mark_of_the_origins_counts(ledger: Ledger) -> None:
    inspection = saved(ledger, Inspection(title="检查", confidential="internal"))
    pledge = saved(ledger, Pledge(title="承诺", confidential="secret"))
    rule = saved(ledger, Rule(title="制度", confidential="top_secret"))
    finding = Finding(title="问题", inspection=inspection)
    assert ledger.mark_of_origins(finding) == "internal"
    assert ledger.mark_of_origins(Finding(inspection=inspection, against=pledge)) == "secret"
    assert ledger.mark_of_origins(Finding(against=rule)) == ""
    assert ledger.mark_of_origins(Finding()) == ""


def test_inspections_were_made_from_the_list_that_they_name(ledger: Ledger) -> None:
    checklist = saved(ledger, Scheme(title="机房五查"))
    inspection = saved(ledger, Inspection(title="三月检查", scheme="机房五查"))
    saved(ledger, Inspection(title="别的检查", scheme="五查"))
    assert [made.id for made in ledger.made_from([checklist])] == [inspection]


def test_an_inspection_has_the_mark_of_the_list_that_it_names(ledger: Ledger) -> None:
    saved(ledger, Scheme(title="机房五查", confidential="secret"))
    assert ledger.mark_of_origins(Inspection(scheme="机房五查")) == "secret"
    assert ledger.mark_of_origins(Inspection(scheme="五查")) == ""
    assert ledger.mark_of_origins(Inspection(title="机房五查")) == ""
