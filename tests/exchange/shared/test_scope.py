"""Some kinds or one period alone are shared; every other row in the file stays as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.share_scope import Scope
from sanyou_desktop.exchange.sharing import Shared, share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.pledge import Pledge
from tests.exchange.shared.readers import part_of, rows_of, sheet_part, shown, titles
from tests.exchange.shared.units import OWN, SHEET, finding, save
from tests.exchange.stored import contents, differing

MARCH = Scope(first="2026-03", last="2026-03")


def dated(title: str, day: str) -> Finding:
    return finding(title, raised_on=PartialDate.parse(day))


@pytest.fixture
def kept(ledger: Ledger, path: Path) -> dict[str, Finding]:
    """Findings of February, March and of no date, all of them shared."""
    made = {
        "二月": save(ledger, dated("二月", "2026-02-10")),
        "三月": save(ledger, dated("三月", "2026-03-10")),
        "三月里": save(ledger, dated("三月里", "2026-03")),
        "没有日期": save(ledger, finding("没有日期")),
    }
    share_ledger(ledger, path)
    return made


def told(done: Shared) -> tuple[int, int, int, int]:
    tally = done.tally
    return tally.added, tally.changed, tally.withdrawn, tally.left


def test_rows_out_of_the_period_keep_their_bytes_whatever_became_of_their_records(
    ledger: Ledger, path: Path, kept: dict[str, Finding]
) -> None:
    before = rows_of(part_of(path, SHEET))
    save(ledger, replace(kept["二月"], title="二月改"))
    save(ledger, replace(kept["没有日期"], title="没有日期改"))
    save(ledger, replace(kept["三月"], title="三月改"))
    save(ledger, dated("四月", "2026-04-01"))
    done = share_ledger(ledger, path, scope=MARCH)
    assert told(done) == (0, 1, 0, 2)
    assert titles(path, SHEET) == ["二月", "三月改", "三月里", "没有日期"]
    after = rows_of(part_of(path, SHEET))
    assert {row for row in after if after[row] != before[row]} == {5}
    assert "另有 2 行不在所选期间，保持原样。" in str(done)
    assert "台账里有 1 条没有填日期，不属于任何期间，没有更新。" in str(done)


def test_a_record_deleted_in_the_period_is_withdrawn_and_one_out_of_it_is_not(
    ledger: Ledger, path: Path, kept: dict[str, Finding]
) -> None:
    ledger.delete([kept["二月"].id, kept["三月"].id])
    done = share_ledger(ledger, path, scope=MARCH)
    assert told(done) == (0, 0, 1, 2)
    assert done.tally.not_in_ledger == 0
    states = {row["标题"]: row["上报状态"] for row in shown(path, SHEET)}
    assert states == {"二月": "", "三月": "已撤回", "三月里": "", "没有日期": ""}


def test_what_became_confidential_is_emptied_out_of_the_period_and_in_other_kinds_too(
    ledger: Ledger, path: Path, kept: dict[str, Finding]
) -> None:
    save(ledger, replace(kept["二月"], confidential="secret"))
    done = share_ledger(ledger, path, scope=MARCH)
    assert done.tally.withdrawn == 1
    save(ledger, replace(kept["三月"], confidential="secret"))
    done = share_ledger(ledger, path, scope=Scope(kinds=("pledge",)))
    assert (done.tally.withdrawn, done.tally.left, done.tally.not_in_ledger) == (1, 0, 0)
    for file in (path, path.with_name("三优共享.上一版.xlsx")):
        whole = b"".join(contents(file.read_bytes()).values())
        assert ">二月<".encode() not in whole
        assert ">三月<".encode() not in whole
    assert [row["标题"] for row in shown(path, SHEET)] == ["", "", "三月里", "没有日期"]


@pytest.mark.usefixtures("kept")
def test_a_kind_that_was_not_asked_for_keeps_its_bytes(ledger: Ledger, path: Path) -> None:
    before = path.read_bytes()
    save(ledger, dated("新问题", "2026-03-20"))
    ledger.save(Pledge(unit=OWN.code, title="承诺一"))
    done = share_ledger(ledger, path, scope=Scope(kinds=("pledge",)))
    assert told(done) == (1, 0, 0, 0)
    assert differing(before, path.read_bytes()) == {sheet_part(path, "承诺")}
    assert titles(path, "承诺") == ["承诺一"]


def test_a_new_workbook_of_one_period_holds_only_that(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    save(ledger, dated("二月", "2026-02-10"))
    save(ledger, dated("三月", "2026-03-10"))
    done = share_ledger(ledger, path, scope=MARCH)
    assert titles(path, SHEET) == ["三月"]
    assert done.outgoing.options == {"first": "2026-03", "last": "2026-03"}
    assert done.outgoing.records == 1
    assert load_workbook(path).sheetnames == ["承诺", "制度", "检查", "问题整改", "满意度", "活动"]


def test_progress_counts_rows_and_says_once_that_all_are_done(ledger: Ledger, path: Path) -> None:
    ledger.save_many([finding(f"第 {number} 条") for number in range(230)], "")
    save(ledger, finding("密", confidential="secret"))
    steps: list[tuple[int, int]] = []
    share_ledger(ledger, path, progress=lambda *step: steps.append(step))
    assert {total for _done, total in steps} == {230}
    counted = [done for done, _total in steps]
    assert counted == sorted(counted)
    assert {50, 100, 150, 200} <= set(counted)
    assert counted.count(230) == 1


def test_stopped_in_the_middle_of_a_kind_it_writes_nothing(ledger: Ledger, path: Path) -> None:
    ledger.save_many([finding(f"第 {number} 条") for number in range(230)], "")

    class Stopped(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done == 100:
            raise Stopped

    with pytest.raises(Stopped):
        share_ledger(ledger, path, progress=stop)
    assert list(path.parent.iterdir()) == []
    # The ledger can be written to afterwards: nothing of the reading is left open.
    save(ledger, finding("以后的"))
