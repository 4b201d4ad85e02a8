"""What is saved is there again, numbered and historied; what is refused changed nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanyou_desktop.ledger.errors import (
    Conflict,
    DuplicateNumber,
    LedgerError,
    LedgerReadOnly,
    Referred,
    UnknownReference,
)
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Attachment, Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.unit import Unit
from tests.drawn import records

UNIT = "350300"
YEAR = date.today().year
R = TypeVar("R", bound=Record)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "台账.sytz"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.create(path, Unit(code=UNIT, name="莆田市机关事务管理局")) as ledger:
        yield ledger


def saved(ledger: Ledger, record: R) -> R:
    result = ledger.save(record).record
    assert isinstance(result, type(record))
    return result


def pledge(title: str = "车辆接待承诺") -> Pledge:
    return Pledge(unit=UNIT, title=title)


def given_by_ledger(record: Record, kept: Record) -> Record:
    """Return ``record`` with what the ledger gives to a new record, taken from ``kept``."""
    return replace(
        record,
        id=kept.id,
        number=kept.number,
        revision=1,
        created_at=kept.created_at,
        updated_at=kept.updated_at,
    )


@pytest.mark.parametrize("kind", list(KINDS))
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_saved_is_read_back_the_same(
    ledger: Ledger, kind: str, data: st.DataObject
) -> None:
    record = data.draw(records(kind))
    if isinstance(record, Unit) and record.code in {unit.code for unit in ledger.units()}:
        return
    kept = ledger.save(record).record
    assert kept == given_by_ledger(record, kept)
    assert ledger.get(kept.id) == kept
    assert ledger.history(kept.id)[0].record == kept
    assert kept in list(ledger.records(kind))


def test_a_record_is_still_there_after_the_file_was_closed(path: Path, ledger: Ledger) -> None:
    record = saved(ledger, pledge())
    ledger.close()
    with Ledger.open(path) as again:
        assert again.unit == UNIT
        assert again.get(record.id) == record
        assert again.own_unit().name == "莆田市机关事务管理局"
        assert not again.read_only


def test_what_is_not_there_is_none(ledger: Ledger) -> None:
    assert ledger.get("0192d6b0-0000-7000-8000-000000000000") is None


def test_saving_computes_what_is_computed(ledger: Ledger) -> None:
    items = (Item(key="a", item="灯", result="pass", full_score=Decimal(10)),)
    kept = saved(ledger, Inspection(unit=UNIT, title="日常检查", items=items))
    assert kept.items[0].score == 10
    assert ledger.own_unit().title == "莆田市机关事务管理局"


def test_the_changes_name_what_was_touched(ledger: Ledger) -> None:
    made = ledger.save(pledge())
    assert made.changes.kind == "pledge"
    assert made.changes.ids == {made.record.id}
    assert made.changes.undo == "新建承诺"
    assert ledger.save(made.record).changes.undo == "修改承诺"


# Numbers


def test_numbers_run_by_kind_from_one(ledger: Ledger) -> None:
    numbers = [saved(ledger, pledge()).number for _ in range(3)]
    assert numbers == [f"CN-{YEAR}-000{serial}" for serial in (1, 2, 3)]
    assert saved(ledger, Rule(unit=UNIT, title="接待办法")).number == f"ZD-{YEAR}-0001"


def test_numbers_run_by_unit(ledger: Ledger) -> None:
    saved(ledger, pledge())
    assert saved(ledger, Pledge(unit="350301", title="x")).number == f"CN-{YEAR}-0001"


def test_a_typed_number_is_followed_by_the_next(ledger: Ledger) -> None:
    saved(ledger, replace(pledge(), number=f"CN-{YEAR}-0041"))
    assert saved(ledger, pledge()).number == f"CN-{YEAR}-0042"


def test_a_number_typed_under_another_kind_does_not_stop_automatic_ones(ledger: Ledger) -> None:
    saved(ledger, replace(pledge(), number=f"ZD-{YEAR}-0001"))
    assert saved(ledger, Rule(unit=UNIT, title="接待办法")).number == f"ZD-{YEAR}-0002"


@pytest.mark.parametrize("number", [f"CN-{YEAR}-99999999999999999999", "莆机管〔2026〕3号", "7"])
def test_any_text_may_be_a_number(ledger: Ledger, number: str) -> None:
    assert saved(ledger, replace(pledge(), number=number)).number == number
    assert saved(ledger, pledge()).number == f"CN-{YEAR}-0001"


def test_a_number_that_is_taken_is_refused_naming_the_other(ledger: Ledger) -> None:
    saved(ledger, replace(pledge("甲"), number="7"))
    with pytest.raises(DuplicateNumber, match="编号：7 已用于承诺「甲」，没有保存"):
        ledger.save(replace(Rule(unit=UNIT, title="乙"), number="7"))
    assert list(ledger.records("rule")) == []


def test_a_recycled_record_keeps_its_number(ledger: Ledger) -> None:
    record = saved(ledger, replace(pledge(), number="7"))
    ledger.delete([record.id])
    with pytest.raises(DuplicateNumber):
        ledger.save(replace(pledge(), number="7"))


def test_two_units_cannot_have_one_code(ledger: Ledger) -> None:
    with pytest.raises(DuplicateNumber, match="350300 已用于「莆田市机关事务管理局」"):
        ledger.save(Unit(unit=UNIT, code=UNIT, name="另一个"))


# What is refused


def test_a_stale_revision_is_refused_and_nothing_overwritten(ledger: Ledger) -> None:
    first = saved(ledger, pledge())
    second = saved(ledger, replace(first, title="新标题"))
    with pytest.raises(Conflict, match="已改到第 2 版，您手里的是第 1 版"):
        ledger.save(replace(first, title="旧标题"))
    assert ledger.get(first.id) == second


def test_an_id_of_another_kind_is_refused(ledger: Ledger) -> None:
    record = saved(ledger, pledge())
    with pytest.raises(Conflict, match="另一类记录"):
        ledger.save(Rule(unit=UNIT, title="x", id=record.id, revision=1))


def test_a_rule_between_fields_holds_for_whoever_saves(ledger: Ledger) -> None:
    with pytest.raises(Invalid, match="销号前"):
        ledger.save(Finding(unit=UNIT, title="灯不亮", status="closed"))
    with pytest.raises(Invalid, match="必填"):
        ledger.save(Pledge(unit=UNIT))
    assert list(ledger.records("finding")) == []


def test_a_reference_to_nothing_names_the_field(ledger: Ledger) -> None:
    unknown = "0192d6b0-0000-7000-8000-000000000000"
    with pytest.raises(UnknownReference, match="来自检查：台账中没有这条检查记录"):
        ledger.save(Finding(unit=UNIT, title="x", inspection=unknown))


def test_a_reference_to_the_wrong_kind_is_refused(ledger: Ledger) -> None:
    target = saved(ledger, pledge())
    with pytest.raises(UnknownReference):
        ledger.save(Finding(unit=UNIT, title="x", inspection=target.id))
    assert saved(ledger, Finding(unit=UNIT, title="x", against=target.id)).against == target.id


def test_an_attachment_without_content_is_refused(ledger: Ledger) -> None:
    file = Attachment(key="a", name="现场.jpg", sha256="0" * 64, size=3)
    with pytest.raises(UnknownReference, match=r"附件「现场.jpg」的内容不在台账中"):
        ledger.save(replace(pledge(), attachments=(file,)))


def test_many_are_saved_together_or_not_at_all(ledger: Ledger) -> None:
    with pytest.raises(DuplicateNumber):
        ledger.save_many([pledge("甲"), replace(pledge("乙"), number=f"DW-{YEAR}-0001")], "导入")
    assert list(ledger.records("pledge")) == []
    assert saved(ledger, pledge()).number == f"CN-{YEAR}-0001"
    changes = ledger.save_many([pledge("甲"), Rule(unit=UNIT, title="乙")], "导入 2 条")
    assert (changes.kind, len(changes.ids), changes.undo) == ("", 2, "导入 2 条")


# The recycle bin


def test_a_deleted_record_is_out_of_sight_and_can_come_back(ledger: Ledger) -> None:
    record = saved(ledger, pledge())
    changes = ledger.delete([record.id, record.id])
    assert changes.undo == "删除 1 条记录"
    assert list(ledger.records("pledge")) == []
    assert ledger.search("车辆") == []
    (recycled,) = ledger.records("pledge", deleted=True)
    assert recycled.deleted_at
    ledger.restore([record.id])
    (living,) = ledger.records("pledge")
    assert (living.title, living.revision, living.deleted_at) == (record.title, 3, "")
    assert [hit.id for hit in ledger.search("车辆")] == [record.id]


def test_deleting_what_is_deleted_does_nothing(ledger: Ledger) -> None:
    record = saved(ledger, pledge())
    ledger.delete([record.id])
    assert ledger.delete([record.id]).token == 0


def test_a_record_that_others_refer_to_stays(ledger: Ledger) -> None:
    target = saved(ledger, pledge())
    finding = saved(ledger, Finding(unit=UNIT, title="灯不亮", against=target.id))
    other = saved(ledger, pledge("乙"))
    with pytest.raises(Referred, match=f"有 1 条记录引用了它（{finding.number}「灯不亮」）"):
        ledger.delete([other.id, target.id])
    assert len(list(ledger.records("pledge"))) == 2
    assert [hit.id for hit in ledger.referring(target.id)] == [finding.id]
    ledger.delete([target.id, finding.id])
    assert ledger.referring(target.id) == []


def test_the_ledgers_own_unit_stays_and_keeps_its_code(ledger: Ledger) -> None:
    own = ledger.own_unit()
    with pytest.raises(Referred, match="所属的单位，没有删除"):
        ledger.delete([own.id])
    with pytest.raises(Invalid, match="不能修改"):
        ledger.save(replace(own, code="350301"))
    assert saved(ledger, replace(own, name="新名称")).title == "新名称"


# History and reading


def test_every_revision_can_be_seen_and_restored(ledger: Ledger) -> None:
    first = saved(ledger, pledge("甲"))
    saved(ledger, replace(first, title="乙"))
    ledger.delete([first.id])
    seen = [(item.revision, item.action, item.record.title) for item in ledger.history(first.id)]
    assert seen == [(3, "deleted", "乙"), (2, "changed", "乙"), (1, "created", "甲")]
    result = ledger.restore_revision(first.id, 1)
    assert (result.record.title, result.record.revision) == ("甲", 4)
    assert ledger.get(first.id) == result.record
    assert result.changes.undo == "恢复到第 1 版"
    assert ledger.verify() == []


def test_a_revision_that_is_not_there_cannot_be_restored(ledger: Ledger) -> None:
    record = saved(ledger, pledge())
    with pytest.raises(Conflict, match="没有找到要恢复的版本"):
        ledger.restore_revision(record.id, 9)


def test_titles_are_given_for_any_number_of_ids(ledger: Ledger) -> None:
    record = saved(ledger, pledge())
    titles = ledger.titles([record.id, *(str(n) for n in range(40_000))])
    assert titles == {record.id: ("pledge", record.number, record.title)}
    assert ledger.titles([]) == {}


def test_a_setting_of_the_ledger_is_kept(path: Path, ledger: Ledger) -> None:
    assert ledger.setting("shared_workbook") == ""
    ledger.keep_setting("shared_workbook", "S:/共享.xlsx")
    ledger.keep_setting("shared_workbook", "T:/共享.xlsx")
    with Ledger.open(path, read_only=True) as reader:
        assert reader.setting("shared_workbook") == "T:/共享.xlsx"


def test_a_reader_sees_what_the_writer_committed_and_cannot_write(
    path: Path, ledger: Ledger
) -> None:
    with Ledger.open(path, read_only=True) as reader:
        record = saved(ledger, pledge())
        assert reader.get(record.id) == record
        for change in (
            lambda: reader.save(record),
            lambda: reader.delete([record.id]),
            lambda: reader.keep_setting("a", "b"),
        ):
            with pytest.raises(LedgerReadOnly, match="只读"):
                change()


def test_a_ledger_that_could_not_be_begun_leaves_no_file(path: Path) -> None:
    with pytest.raises(Invalid):
        Ledger.create(path, Unit(code=UNIT))
    assert list(path.parent.iterdir()) == []


def test_closing_twice_is_fine_and_later_use_is_an_error(path: Path) -> None:
    ledger = Ledger.create(path, Unit(code=UNIT, name="x"))
    ledger.close()
    ledger.close()
    with pytest.raises(Exception, match="closed"):
        ledger.get("a")
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_a_ledger_error_is_a_sentence_that_says_what_to_do(ledger: Ledger) -> None:
    record = saved(ledger, replace(pledge(), number="7"))
    with pytest.raises(LedgerError) as refusal:
        ledger.save(replace(record, id="", revision=0))
    assert "没有保存" in str(refusal.value)
    assert str(refusal.value).endswith("。")
