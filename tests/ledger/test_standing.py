"""Nothing living leans on the recycle bin, whatever is deleted, restored or taken back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sanyou_desktop.ledger.errors import (
    DuplicateNumber,
    LedgerError,
    Recycled,
    Referred,
    UnknownReference,
)
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.references import referring_fields
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350300", name="莆田市机关事务管理局", title="莆田市机关事务管理局")
OTHER = Unit(unit=OWN.code, code="350301", name="城厢区机关事务中心", title="城厢区机关事务中心")
DAY = PartialDate.parse("2026-05-06")
# The last two are not entered when the walk begins.
CODES = st.sampled_from((OTHER.code, "350302", "350303"))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        yield ledger


def an_inspection(ledger: Ledger) -> Record:
    return ledger.save(Inspection(unit=OWN.code, title="五月检查")).record


def a_finding(inspection: str = "") -> Finding:
    return Finding(unit=OWN.code, title="走廊灯不亮", raised_on=DAY, inspection=inspection)


def test_a_new_record_may_not_refer_to_one_in_the_recycle_bin(ledger: Ledger) -> None:
    inspection = an_inspection(ledger)
    ledger.delete([inspection.id])

    with pytest.raises(UnknownReference, match=r"是回收站里的检查 JC-.*「五月检查」，没有"):
        ledger.save(a_finding(inspection.id))
    assert list(ledger.records("finding")) == []


def test_what_refers_to_a_deleted_record_is_not_restored_without_it(ledger: Ledger) -> None:
    inspection = an_inspection(ledger)
    finding = ledger.save(a_finding(inspection.id)).record
    ledger.delete([finding.id])
    ledger.delete([inspection.id])

    with pytest.raises(UnknownReference, match="请先在回收站里恢复它"):
        ledger.restore([finding.id])
    assert list(ledger.records("finding")) == []


def test_both_are_restored_together_in_any_order(ledger: Ledger) -> None:
    inspection = an_inspection(ledger)
    finding = ledger.save(a_finding(inspection.id)).record
    ledger.delete([finding.id, inspection.id])

    ledger.restore([finding.id, inspection.id])

    assert [one.id for one in ledger.records("finding")] == [finding.id]
    assert [one.id for one in ledger.records("inspection")] == [inspection.id]


def test_what_it_needs_is_restored_with_it_however_far_away(ledger: Ledger) -> None:
    other = ledger.save(OTHER).record
    plan = ledger.save(Plan(unit=OTHER.code, title="每月检查")).record
    first = ledger.save(Inspection(unit=OWN.code, title="检查", plan=plan.id)).record
    again = ledger.save(Inspection(unit=OWN.code, title="复查", previous=first.id)).record
    finding = ledger.save(a_finding(again.id)).record
    unconcerned = ledger.save(Pledge(unit=OWN.code, title="便民承诺")).record
    needed = {again.id, first.id, plan.id, other.id}
    ledger.delete([finding.id, *needed, unconcerned.id])

    with pytest.raises(Recycled) as refusal:
        ledger.restore([finding.id])
    assert set(refusal.value.needed) == needed
    restored = ledger.restore([finding.id], with_needed=True)

    assert restored.ids == {finding.id, *needed}
    assert restored.undo == "恢复 5 条记录"
    ledger.undo(restored.token)
    assert list(ledger.records("finding")) == []


def test_a_unit_that_owns_only_itself_goes_and_comes_back(ledger: Ledger) -> None:
    made = replace(OTHER, unit=OTHER.code, superior=OTHER.code)
    unit = ledger.save(made).record
    ledger.delete([unit.id])
    ledger.restore([unit.id])
    assert len(ledger.units()) == 2


def test_an_earlier_state_that_refers_to_a_deleted_record_is_not_brought_back(
    ledger: Ledger,
) -> None:
    inspection = an_inspection(ledger)
    first = ledger.save(a_finding(inspection.id)).record
    assert isinstance(first, Finding)
    ledger.save(replace(first, inspection=""))
    ledger.delete([inspection.id])

    with pytest.raises(UnknownReference):
        ledger.restore_revision(first.id, 1)
    now = ledger.get(first.id)
    assert isinstance(now, Finding)
    assert (now.inspection, now.revision) == ("", 2)


def test_taking_back_does_not_make_a_record_lean_on_a_deleted_one(ledger: Ledger) -> None:
    inspection = an_inspection(ledger)
    first = ledger.save(a_finding(inspection.id)).record
    assert isinstance(first, Finding)
    let_go = ledger.save(replace(first, inspection="")).changes
    ledger.delete([inspection.id])

    with pytest.raises(UnknownReference):
        ledger.undo(let_go.token)
    now = ledger.get(first.id)
    assert isinstance(now, Finding)
    assert now.inspection == ""


def test_taking_back_a_restoring_is_refused_while_others_refer_to_it(ledger: Ledger) -> None:
    inspection = an_inspection(ledger)
    ledger.delete([inspection.id])
    restored = ledger.restore([inspection.id])
    ledger.save(a_finding(inspection.id))

    with pytest.raises(Referred, match="有 1 条记录引用了它"):
        ledger.undo(restored.token)


def test_records_made_together_are_taken_back_together(ledger: Ledger) -> None:
    inspection = replace(Inspection(unit=OWN.code, title="检查"), id="01a00000-0000-7000-8000-1")
    made = ledger.save_many([inspection, a_finding(inspection.id)], "两条")

    ledger.undo(made.token)

    assert list(ledger.records("finding")) == list(ledger.records("inspection")) == []


def test_a_unit_with_records_stays(ledger: Ledger) -> None:
    other = ledger.save(OTHER).record
    pledge = ledger.save(Pledge(unit=OTHER.code, title="便民承诺")).record

    with pytest.raises(Referred, match="还有 1 条记录属于「城厢区机关事务中心」，没有删除"):
        ledger.delete([other.id])
    ledger.delete([other.id, pledge.id])
    with pytest.raises(UnknownReference, match="的单位 350301「城厢区机关事务中心」在回收站里"):
        ledger.restore([pledge.id])
    ledger.restore([pledge.id, other.id])


def test_a_superior_stays_while_units_report_to_it(ledger: Ledger) -> None:
    above = ledger.save(Unit(unit=OWN.code, code="350000", name="省局", title="省局")).record
    ledger.save(replace(OTHER, superior="350000"))

    with pytest.raises(Referred, match="有 1 个单位以「省局」为上级单位（城厢区机关事务中心）"):
        ledger.delete([above.id])


def test_a_record_is_not_given_to_a_deleted_unit(ledger: Ledger) -> None:
    other = ledger.save(OTHER).record
    ledger.delete([other.id])

    with pytest.raises(UnknownReference, match="请先在回收站里恢复这个单位"):
        ledger.save(Pledge(unit=OTHER.code, title="便民承诺"))
    ledger.save(Pledge(unit="990000", title="没有登记过的单位"))


def test_the_code_of_a_unit_with_records_stays(ledger: Ledger) -> None:
    other = ledger.save(OTHER).record
    ledger.save(Pledge(unit=OTHER.code, title="便民承诺"))
    assert isinstance(other, Unit)

    with pytest.raises(Invalid, match="还有 1 条记录用着代码 350301，不能修改"):
        ledger.save(replace(other, code="350302"))


def test_the_code_of_a_superior_stays(ledger: Ledger) -> None:
    above = ledger.save(Unit(unit=OWN.code, code="350000", name="省局", title="省局")).record
    ledger.save(replace(OTHER, superior="350000"))
    assert isinstance(above, Unit)

    with pytest.raises(Invalid, match="还有 1 条记录用着代码 350000"):
        ledger.save(replace(above, code="350001"))


def test_an_earlier_code_does_not_come_back_from_under_its_records(ledger: Ledger) -> None:
    other = ledger.save(OTHER).record
    assert isinstance(other, Unit)
    ledger.save(replace(other, code="350302"))
    ledger.save(Pledge(unit="350302", title="便民承诺"))

    with pytest.raises(Invalid, match="还有 1 条记录用着代码 350302"):
        ledger.restore_revision(other.id, 1)


def _lean(ledger: Ledger) -> None:
    """Make the file such as older versions could: living records that lean on deleted ones."""
    inspection = an_inspection(ledger)
    other = ledger.save(OTHER).record
    finding = ledger.save(a_finding()).record
    pledge = ledger.save(Pledge(unit=OTHER.code, title="便民承诺")).record
    ledger.save(Unit(unit=OWN.code, code="350301-1", name="下属单位", superior=OTHER.code))
    rule_ = ledger.save(Rule(unit=OWN.code, title="办法")).record
    path = ledger.path
    ledger.close()
    with closing(sqlite3.connect(path)) as conn, conn:
        for table in ("record", "inspection", "unit"):
            conn.execute(
                f"UPDATE {table} SET deleted_at = '2026-01-01T00:00:00Z' WHERE id IN (?, ?)",
                (inspection.id, other.id),
            )
        conn.execute("UPDATE finding SET inspection = ? WHERE id = ?", (inspection.id, finding.id))
        conn.execute("UPDATE rule SET replaces = 'x' WHERE id = ?", (rule_.id,))
    assert pledge.unit == OTHER.code


def test_verifying_names_what_leans_on_the_recycle_bin(tmp_path: Path) -> None:
    _lean(Ledger.create(tmp_path / "旧.sytz", OWN))

    with Ledger.open(tmp_path / "旧.sytz") as ledger:
        told = "\n".join(ledger.verify())

    # What was written behind the history is told as well, and is not meant here.
    leaning = [line for line in told.splitlines() if "台账可以照常使用" in line]
    assert len(leaning) == 4
    assert "在回收站里，但还有 1 个单位以它为上级" in told
    assert "是回收站里的检查 JC-" in told
    assert "所指的记录已不存在，请打开这条记录重新选择" in told
    assert "单位 350301「城厢区机关事务中心」在回收站里，但还有 1 条记录属于它" in told


def test_a_record_that_leans_since_long_can_still_be_changed(tmp_path: Path) -> None:
    _lean(Ledger.create(tmp_path / "旧.sytz", OWN))

    with Ledger.open(tmp_path / "旧.sytz") as ledger:
        (finding,) = ledger.records("finding")
        ledger.save(replace(finding, title="改过"))
        assert [one.title for one in ledger.records("finding")] == ["改过"]


class Office(RuleBasedStateMachine):
    """Rules that replace one another, findings of inspections, records of another unit."""

    @initialize()
    def begin(self) -> None:
        """A ledger with one of each."""
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = Ledger.create(Path(self.folder.name) / "台账.sytz", OWN)
        self.tokens: list[int] = []
        self.ids: list[str] = []
        for record in (OTHER, Inspection(unit=OWN.code, title="检查"), a_finding()):
            self.do(record)

    def do(self, *made: Record) -> None:
        changes = self.ledger.save_many(made, "新建")
        self.tokens.append(changes.token)
        self.ids += sorted(changes.ids)

    def attempt(self, act: object) -> None:
        assert callable(act)
        with suppress(LedgerError, Invalid):
            changes = act()
            self.tokens.append(changes.token)
            self.ids += [one for one in sorted(changes.ids) if one not in self.ids]

    def one(self, number: int) -> str:
        return self.ids[number % len(self.ids)]

    @rule(which=st.integers(0, 30), other_unit=st.booleans())
    def find(self, which: int, other_unit: bool) -> None:
        """A finding of something is entered."""
        record = replace(a_finding(self.one(which)), unit=OTHER.code if other_unit else OWN.code)
        self.attempt(lambda: self.ledger.save_many([record], "新建"))

    @rule(which=st.integers(0, 30))
    def make_rule(self, which: int) -> None:
        """A rule that replaces another, or nothing."""
        target = self.ledger.get(self.one(which))
        replaces = self.one(which) if isinstance(target, Rule) else ""
        record = Rule(unit=OWN.code, title="办法", replaces=replaces)
        self.attempt(lambda: self.ledger.save_many([record], "新建"))

    @rule(which=st.integers(0, 30), to=st.integers(0, 30))
    def point(self, which: int, to: int) -> None:
        """A finding is said to be of another inspection, or of none."""
        record = self.ledger.get(self.one(which))
        if isinstance(record, Finding):
            target = self.ledger.get(self.one(to))
            given = self.one(to) if isinstance(target, Inspection) else ""
            self.attempt(lambda: self.ledger.save_many([replace(record, inspection=given)], "修改"))

    @rule(which=st.lists(st.integers(0, 30), max_size=3))
    def delete(self, which: list[int]) -> None:
        """Some go to the recycle bin."""
        self.attempt(lambda: self.ledger.delete([self.one(one) for one in which]))

    @rule(which=st.lists(st.integers(0, 30), max_size=3))
    def restore(self, which: list[int]) -> None:
        """Some come out of it."""
        self.attempt(lambda: self.ledger.restore([self.one(one) for one in which]))

    @rule(which=st.integers(0, 30))
    def restore_with_what_it_needs(self, which: int) -> None:
        """It comes out with all that it leans on: then nothing is lacking."""
        try:
            self.tokens.append(self.ledger.restore([self.one(which)], with_needed=True).token)
        except DuplicateNumber:
            # Another unit has its code meanwhile.
            return

    @rule(code=CODES, superior=CODES)
    def enter_unit(self, code: str, superior: str) -> None:
        """A unit below another, which may be deleted or not entered at all."""
        record = Unit(unit=OWN.code, code=code, name=f"单位{code}", superior=superior)
        self.attempt(lambda: self.ledger.save_many([record], "新建"))

    @rule(which=st.integers(0, 30), code=CODES, superior=CODES)
    def change_unit(self, which: int, code: str, superior: str) -> None:
        """A unit gets another code, and another unit above it."""
        record = self.ledger.get(self.one(which))
        if isinstance(record, Unit) and record.code != OWN.code:
            changed = replace(record, code=code, superior=superior)
            self.attempt(lambda: self.ledger.save_many([changed], "修改"))

    @rule(which=st.integers(0, 30), code=CODES)
    def hand_over(self, which: int, code: str) -> None:
        """A record goes to another unit."""
        record = self.ledger.get(self.one(which))
        if record is not None:
            self.attempt(lambda: self.ledger.save_many([replace(record, unit=code)], "修改"))

    @rule(which=st.integers(0, 30), number=st.integers(1, 3))
    def go_back(self, which: int, number: int) -> None:
        """An earlier state is made the newest."""
        self.attempt(lambda: self.ledger.restore_revision(self.one(which), number).changes)

    @rule(which=st.integers(0, 30))
    def undo(self, which: int) -> None:
        """Any action of this run is taken back."""
        token = self.tokens[which % len(self.tokens)]
        with suppress(LedgerError, Invalid):
            self.ledger.undo(token)

    @invariant()
    def nothing_leans_on_the_recycle_bin(self) -> None:
        """The whole file, asked by hand."""
        with closing(sqlite3.connect(self.ledger.path)) as conn:
            for kind, key in referring_fields():
                (leaning,) = conn.execute(
                    f"SELECT count(*) FROM \"{kind}\" WHERE deleted_at = '' AND \"{key}\" <> '' "
                    f"AND \"{key}\" NOT IN (SELECT id FROM record WHERE deleted_at = '')"
                ).fetchone()
                assert leaning == 0, (kind, key)
            gone = (
                "(SELECT code FROM unit WHERE deleted_at <> '' "
                "EXCEPT SELECT code FROM unit WHERE deleted_at = '')"
            )
            for column, table in (("unit", "record"), ("superior", "unit")):
                (homeless,) = conn.execute(
                    f"SELECT count(*) FROM {table} WHERE deleted_at = '' AND {column} IN {gone}"
                ).fetchone()
                assert homeless == 0, column

    def teardown(self) -> None:
        """The file hangs together."""
        assert self.ledger.verify() == []
        self.ledger.close()
        self.folder.cleanup()


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
