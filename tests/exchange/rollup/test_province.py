"""The province can be rebuilt from its units, in any order, any number of times."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sanyou_desktop.exchange.rollup import roll_up
from sanyou_desktop.exchange.summary_source import summary_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.record import Record
from tests.exchange.rollup import province


@dataclass(frozen=True)
class Split:
    """The units' ledgers and reports, and the province that holds the same records itself."""

    ledgers: list[Path]
    reports: list[Path]
    whole: Path


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Split:
    folder = tmp_path_factory.mktemp("units")
    parts = province.split(province.whole(folder / "示例.sytz"))
    ledgers, reports = [], []
    for place, records in enumerate(parts):
        path = folder / f"{province.code_of(place)}.sytz"
        province.make_unit(path, place, records)
        ledgers.append(path)
        reports.append(province.export(path, folder / f"{province.code_of(place)}.xlsx"))
    whole = folder / "全省.sytz"
    with Ledger.create(whole, province.SUPERIOR) as ledger:
        records = [one for path in ledgers for one in _all_of(path)]
        ledger.save_many([replace(one, revision=0) for one in records], "示例")
    return Split(ledgers, reports, whole)


def _all_of(path: Path) -> list[Record]:
    with Ledger.open(path, read_only=True) as ledger:
        ids = province.contents(ledger)
        found = [ledger.get(one) for one in ids]
    return [one for one in found if one is not None]


@pytest.fixture
def superior(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "汇总.sytz", province.SUPERIOR) as ledger:
        yield ledger


def expected(whole: Path, superior: Ledger) -> tuple[dict[str, Any], Any]:
    with Ledger.open(whole, read_only=True) as ledger:
        found = province.contents(ledger)
        own = ledger.own_unit().id
        del found[own]
        mine = superior.own_unit()
        found[mine.id] = province.contents(superior)[mine.id]
        return found, province.figures(ledger)


def check(whole: Path, superior: Ledger) -> None:
    """Compare records, indicators and every word of the summary with a province's own ledger."""
    records, figures = expected(whole, superior)
    assert province.contents(superior) == records
    assert province.figures(superior) == figures
    with Ledger.open(whole, read_only=True) as ledger:
        assert province.summaries(superior) == province.summaries(ledger)
        assert list(summary_of(superior).texts()) == list(summary_of(ledger).texts())
    assert superior.verify() == []


def test_thirty_workbooks_make_the_province(split: Split, superior: Ledger) -> None:
    found = roll_up(superior, split.reports)
    assert len(found.files) == province.UNITS
    assert found.preview.left_out == ()
    assert set(found.preview.counts) == {State.NEW}
    check(split.whole, superior)


def test_the_summary_is_that_of_the_province(split: Split, superior: Ledger) -> None:
    roll_up(superior, list(reversed(split.reports)))

    with Ledger.open(split.whole, read_only=True) as ledger:
        whole = summary_of(ledger)
    rebuilt = summary_of(superior)
    assert list(rebuilt.texts()) == list(whole.texts())
    assert [record for record, _revision in rebuilt.sources] == [
        record for record, _revision in whole.sources
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_and_how_often_do_not_matter(split: Split, superior: Ledger, seed: int) -> None:
    order = random.Random(seed)
    twice = [*split.reports, *split.reports]
    order.shuffle(twice)
    while twice:
        some = [twice.pop() for _one in range(min(len(twice), order.randint(1, 17)))]
        roll_up(superior, some)
    check(split.whole, superior)


def test_the_same_again_changes_nothing(split: Split, superior: Ledger) -> None:
    roll_up(superior, split.reports)
    before = {one: superior.get(one) for one in province.contents(superior)}
    runs = superior.rollups()
    again = roll_up(superior, split.reports)
    assert set(again.preview.counts) == {State.UNCHANGED}
    assert not again.preview.changes_anything
    assert again.changes.token == 0
    assert {one: superior.get(one) for one in before} == before
    assert superior.rollups() == runs


def test_a_folder_is_looked_through_whatever_lies_in_it(
    split: Split, superior: Ledger, tmp_path: Path
) -> None:
    folder = tmp_path / "来件" / "南平市"
    folder.mkdir(parents=True)
    for report in split.reports[:3]:
        shutil.copy(report, folder)
    shutil.copy(split.reports[4], folder / "~$350000.xlsx")
    shutil.copy(split.reports[4], folder / ".隐藏.xlsx")
    (folder / "说明.txt").write_text("请查收", "utf-8")
    found = roll_up(superior, [tmp_path / "来件", split.reports[0]])
    assert [file.name for file in found.files] == [
        "350000.xlsx", "350000.xlsx", "350001.xlsx", "350002.xlsx",
    ]  # fmt: skip
    assert found.preview.left_out == ()


def test_a_dry_run_tells_the_same_and_changes_nothing(split: Split, superior: Ledger) -> None:
    superior.close()
    before = superior.path.read_bytes()
    with Ledger.open(superior.path) as ledger:
        dry = roll_up(ledger, split.reports, rehearsal=True)
        assert dry.changes.token == 0
        assert ledger.rollups() == []
        assert ledger.verify() == []
    assert superior.path.read_bytes() == before
    with Ledger.open(superior.path) as ledger:
        real = roll_up(ledger, split.reports)
    assert dry.preview.counts == real.preview.counts
    assert [one.title for one in dry.preview.rows] == [one.title for one in real.preview.rows]


def test_one_field_changed_on_each_side_stays_on_both(
    split: Split, superior: Ledger, tmp_path: Path
) -> None:
    roll_up(superior, split.reports)
    changed = _changed_on_both_sides(split, superior, tmp_path)
    found = roll_up(superior, [changed.report])
    assert found.preview.counts[State.CHANGED] == 1
    assert State.CONFLICTING not in found.preview.counts
    now = superior.get(changed.id)
    assert now is not None
    assert (now.person, now.notes) == ("上级指定", "下级补充")
    records, _figures = expected(split.whole, superior)
    records[changed.id] |= {"person": "上级指定", "notes": "下级补充"}
    assert province.contents(superior) == records
    again = roll_up(superior, [changed.report])
    assert not again.preview.changes_anything
    assert superior.verify() == []
    superior.undo(found.changes.token)
    back = superior.get(changed.id)
    assert back is not None
    assert (back.person, back.notes) == ("上级指定", changed.notes)


def test_a_whole_roll_up_is_taken_back_and_can_be_done_again(
    split: Split, superior: Ledger
) -> None:
    first = roll_up(superior, split.reports)
    superior.undo(first.changes.token)
    assert list(province.contents(superior)) == [superior.own_unit().id]
    assert superior.verify() == []
    second = roll_up(superior, split.reports)
    assert set(second.preview.counts) == {State.NEW}
    check(split.whole, superior)


def test_a_field_changed_on_each_side_of_every_unit_makes_what_both_made_of_the_province(
    split: Split, superior: Ledger, tmp_path: Path
) -> None:
    roll_up(superior, split.reports)
    whole = Path(shutil.copy(split.whole, tmp_path / "全省.sytz"))
    reports = []
    with Ledger.open(whole) as both:
        for path in split.ledgers:
            mine = Path(shutil.copy(path, tmp_path))
            with Ledger.open(mine) as unit:
                record = next(one for kind in REPORTED for one in unit.records(kind))
                title = f"{record.title}（重报）"
                unit.save(replace(record, title=title))
            _change(superior, record.id, themes=("satisfaction",), person="省局指定")
            _change(both, record.id, themes=("satisfaction",), person="省局指定", title=title)
            reports.append(province.export(mine, mine.with_suffix(".xlsx")))
    assert len(reports) == province.UNITS
    random.Random(5).shuffle(reports)
    found = [roll_up(superior, some) for some in (reports[:11], reports[11:], reports)]
    counts = [one.preview.counts for one in found]
    assert [one.get(State.CHANGED, 0) for one in counts] == [11, province.UNITS - 11, 0]
    assert not any(State.CONFLICTING in one for one in counts)
    assert not found[-1].preview.changes_anything
    check(whole, superior)


def _change(ledger: Ledger, record_id: str, **given: Any) -> None:
    record = ledger.get(record_id)
    assert record is not None
    ledger.save(replace(record, **given))


@dataclass(frozen=True)
class _Changed:
    id: str
    report: Path
    notes: str


def _changed_on_both_sides(split: Split, superior: Ledger, folder: Path) -> _Changed:
    """Let the unit and its superior each change another field of one record."""
    copy = folder / "一个单位.sytz"
    shutil.copy(split.ledgers[7], copy)
    with Ledger.open(copy) as ledger:
        record = next(ledger.records("pledge"))
        ledger.save(replace(record, notes="下级补充"))
    mine = superior.get(record.id)
    assert mine is not None
    superior.save(replace(mine, person="上级指定"))
    return _Changed(record.id, province.export(copy, folder / "一个单位.xlsx"), record.notes)


def test_the_summary_names_a_round_once_that_every_unit_keeps(
    split: Split, superior: Ledger
) -> None:
    roll_up(superior, split.reports)
    year, _all_time = province.summaries(superior)
    assert str(year.body[0]).count("第一轮") == 1
