"""Exports at the same time all land; one that dies leaves the old file or the new one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange import safe_write
from sanyou_desktop.exchange.errors import CannotWrite, FileBusy
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.unit import Unit
from tests.exchange.shared import killed_writers, many_writers
from tests.exchange.shared.readers import titles
from tests.exchange.shared.units import OTHER, OWN, SHEET, finding, save, share_of

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
UNITS = 6
WRITERS, EXPORTS = 6, 5
KILLS = 12
# Shares one ledger that changes each time, again and again, until it is killed.
LOOP = """
import sys
from dataclasses import replace
from pathlib import Path
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
with Ledger.open(Path(sys.argv[1])) as ledger:
    print("ready", flush=True)
    while True:
        first = next(ledger.records("finding"))
        ledger.save(replace(first, place="新" if first.place == "旧" else "旧"))
        share_ledger(ledger, Path(sys.argv[2]))
"""


def share_one(number: int, path: Path, folder: Path) -> bool:
    unit = Unit(code=f"3503{number:02}", name=f"第 {number} 个单位")
    return share_of(unit, [f"{number}-{row}" for row in range(30)], path, folder).is_changed


def test_units_that_make_the_workbook_at_once_all_land(path: Path, tmp_path: Path) -> None:
    with ProcessPoolExecutor(UNITS, get_context("spawn")) as pool:
        work = [pool.submit(share_one, number, path, tmp_path) for number in range(UNITS)]
        assert all(done.result() for done in work)
    expected = [f"{number}-{row}" for number in range(UNITS) for row in range(30)]
    assert sorted(map(str, titles(path, SHEET))) == sorted(expected)
    assert not [entry for entry in path.parent.iterdir() if entry.name.startswith(".")]


def test_many_units_that_export_again_and_again_lose_and_double_no_row(tmp_path: Path) -> None:
    """The full number, 16 units of 20 exports each, is run by the module itself."""
    ran = many_writers.run(WRITERS, EXPORTS, tmp_path)
    assert ran.found == ran.expected
    assert ran.found.total() == WRITERS * EXPORTS


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="files that are looked at stay there")
def test_exports_that_are_killed_lose_and_double_nothing_and_tear_nothing(tmp_path: Path) -> None:
    """The full number is run by the module itself."""
    ran = killed_writers.run(4, 5, tmp_path)
    assert not ran.wrong
    assert ran.killed
    assert ran.looks
    assert ran.found == ran.expected
    assert ran.found.total() == 4 * 5


def test_a_file_saved_by_somebody_meanwhile_is_read_again(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    """Another program saves between our reading and our writing, and knows nothing of our lock."""
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    save(ledger, finding("乙"))
    times = []

    def meanwhile(done: int, total: int) -> None:
        if done == total:
            times.append(done)
            if len(times) == 1:
                book = load_workbook(path)
                book.create_sheet("别人新加的表")
                book.save(path)

    share_ledger(ledger, path, progress=meanwhile)
    assert len(times) == 2
    assert titles(path, SHEET) == ["甲", "乙"]
    assert "别人新加的表" in load_workbook(path).sheetnames
    kept = path.with_name("三优共享.上一版.xlsx")
    assert "别人新加的表" in load_workbook(kept).sheetnames


def test_a_file_that_never_rests_is_given_up(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    save(ledger, finding("乙"))

    def restless(done: int, total: int) -> None:
        if done == total:
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr(f"customXml/item{len(archive.namelist())}.xml", "<a/>")

    with pytest.raises(FileBusy, match="一直在被别人改动"):
        share_ledger(ledger, path, progress=restless)
    assert titles(path, SHEET) == ["甲"]


def test_a_file_removed_meanwhile_is_made_again(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    save(ledger, finding("乙"))

    def removed(done: int, total: int) -> None:
        if done == total:
            path.unlink(missing_ok=True)

    share_ledger(ledger, path, progress=removed)
    assert titles(path, SHEET) == ["甲", "乙"]


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_the_old_or_the_new(path: Path, tmp_path: Path) -> None:
    share_of(OTHER, [f"第 {row} 条" for row in range(200)], path, tmp_path)
    share_of(OWN, ["甲"], path, tmp_path)
    ledger_path = tmp_path / f"{OWN.code}.sanyou"
    chance = random.Random(2026)
    for _ in range(KILLS):
        command = [sys.executable, "-c", LOOP, str(ledger_path), str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            until = time.monotonic() + chance.uniform(0, 0.4)
            while time.monotonic() < until:
                assert process.poll() is None
            process.kill()
        assert len(titles(path, SHEET)) == 201
        kept = path.with_name("三优共享.上一版.xlsx")
        assert len(titles(kept, SHEET)) in (200, 201)
    with Ledger.open(ledger_path) as ledger:
        share_ledger(ledger, path)
        assert not share_ledger(ledger, path).is_changed


def test_a_full_disk_leaves_the_file_as_it_was(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    before = path.read_bytes()
    save(ledger, finding("乙"))

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(safe_write, "sync", full)
    with pytest.raises(CannotWrite, match="原文件未变"):
        share_ledger(ledger, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_export_left_is_cleared_away_when_it_is_old(
    ledger: Ledger, path: Path
) -> None:
    left = path.with_name(f".{path.name}.0123abcd.tmp")
    others = [
        path.with_name(f".{path.name}.4567cdef.tmp"),
        path.with_name(".别的.xlsx.0123abcd.tmp"),
    ]
    of_kept = path.with_name(".三优共享.上一版.xlsx.0123abcd.tmp")
    for entry in (left, of_kept, *others):
        entry.touch()
    os.utime(left, (0, 0))
    os.utime(of_kept, (0, 0))
    os.utime(others[1], (0, 0))
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert sorted(path.parent.iterdir()) == sorted([path, *others])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_a_link(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    link = tmp_path / "快捷方式.xlsx"
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    link.symlink_to(path)
    save(ledger, finding("乙"))
    share_ledger(ledger, link)
    assert link.is_symlink()
    assert titles(path, SHEET) == ["甲", "乙"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are otherwise there")
def test_the_permissions_of_the_file_are_kept(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    path.chmod(0o664)
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    assert path.stat().st_mode & 0o777 == 0o664
