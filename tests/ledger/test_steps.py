"""The ledger refuses a step that the model forbids, whoever asks for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from sanyou_desktop.ledger.errors import Conflict, Referred
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.unit import Unit

R = TypeVar("R", bound=Record)
OWN = Unit(code="350300", name="莆田市机关事务管理局")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return an empty ledger."""
    return Ledger.create(tmp_path / "台账.sytz", OWN)


@pytest.fixture(autouse=True)
def _closed(ledger: Ledger) -> object:
    yield
    ledger.close()


def saved(ledger: Ledger, record: R) -> R:
    kept = ledger.save(replace(record, unit=OWN.code)).record
    assert isinstance(kept, type(record))
    return kept


def refusal(ledger: Ledger, record: Record) -> str:
    before = ledger.get(record.id)
    with pytest.raises(Invalid) as caught:
        ledger.save(record)
    assert ledger.get(record.id) == before
    return str(caught.value)


def test_a_published_pledge_is_no_draft_again(ledger: Ledger) -> None:
    pledge = saved(ledger, Pledge(title="甲", status="published"))
    told = refusal(ledger, replace(pledge, status="draft"))
    assert told == "状态：「已公示」不能直接改为「草稿」，可改为：已终止"
    ended = saved(ledger, replace(pledge, status="ended"))
    assert "请复制为新记录" in refusal(ledger, replace(ended, status="published"))


def test_taking_back_and_restoring_are_no_steps(ledger: Ledger) -> None:
    pledge = saved(ledger, Pledge(title="甲"))
    changes = ledger.save(replace(pledge, status="published")).changes
    ledger.undo(changes.token)
    now = ledger.get(pledge.id)
    assert now is not None
    assert now.status == "draft"
    ended = saved(ledger, replace(saved(ledger, replace(now, status="published")), status="ended"))
    assert ledger.restore_revision(ended.id, 1).record.status == "draft"


def test_an_old_copy_is_a_conflict_not_a_forbidden_step(ledger: Ledger) -> None:
    pledge = saved(ledger, Pledge(title="甲"))
    published = saved(ledger, replace(pledge, status="published"))
    saved(ledger, replace(published, status="ended"))
    with pytest.raises(Conflict):
        ledger.save(replace(published, status="published", title="乙"))


def test_a_rule_is_repealed_with_its_day_and_never_drafted_again(ledger: Ledger) -> None:
    rule = saved(ledger, Rule(title="甲", status="in_force"))
    assert "请填写废止日期" in refusal(ledger, replace(rule, status="repealed"))
    assert "不能直接改为「起草」" in refusal(ledger, replace(rule, status="drafting"))
    day = PartialDate(2026, 3, 2)
    repealed = saved(ledger, replace(rule, status="repealed", repealed_on=day))
    assert "不能再改为" in refusal(ledger, replace(repealed, status="in_force"))


def test_an_inspection_is_held_on_a_day(ledger: Ledger) -> None:
    planned = saved(ledger, Inspection(title="甲"))
    assert "请填写检查日期" in refusal(ledger, replace(planned, status="done"))


def test_rules_do_not_replace_one_another_in_a_ring(ledger: Ledger) -> None:
    first = saved(ledger, Rule(title="甲"))
    second = saved(ledger, Rule(title="乙", replaces=first.id))
    third = saved(ledger, Rule(title="丙", replaces=second.id))
    told = refusal(ledger, replace(first, replaces=third.id))
    assert told.startswith("替代制度：形成循环：「甲」 → 「丙」 → 「乙」 → 「甲」")
    assert "替代自身" in refusal(ledger, replace(first, replaces=first.id))
    with pytest.raises(Referred, match="请先改掉这些记录中的引用"):
        ledger.delete([first.id])


def test_a_repeated_check_does_not_follow_its_own_successor(ledger: Ledger) -> None:
    first = saved(ledger, Inspection(title="甲"))
    second = saved(ledger, Inspection(title="乙", previous=first.id))
    assert "形成循环" in refusal(ledger, replace(first, previous=second.id))
    assert "不能是这次检查自身" in refusal(ledger, replace(second, previous=second.id))


def test_deleting_is_not_typed(ledger: Ledger) -> None:
    pledge = saved(ledger, Pledge(title="甲"))
    assert "用「删除」" in refusal(ledger, replace(pledge, deleted_at="2026-03-02T00:00:00Z"))
    with pytest.raises(Invalid, match="用「删除」"):
        saved(ledger, Pledge(title="乙", deleted_at="2026-03-02T00:00:00Z"))
    ledger.delete([pledge.id])
    gone = ledger.get(pledge.id)
    assert gone is not None
    assert "在回收站里恢复" in refusal(ledger, replace(gone, deleted_at=""))
