"""Cancelled, killed, refused: what was at the report's place stays, and nothing is left beside."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import IO, Any

import pytest

from sanyou_desktop.exchange.errors import CannotWrite, ExchangeError, ExportCancelled, FileBusy
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from tests.exchange.report.filled import OWN, save
from tests.exchange.report.readers import shown

MANY = 600
EXPORT = """
import sys
from pathlib import Path
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger

def progress(done, total):
    print(done, flush=True)
    sys.stdin.readline()

with Ledger.open(Path(sys.argv[1]), read_only=True) as ledger:
    export_report(ledger, Path(sys.argv[2]), progress=progress)
"""


@pytest.fixture
def long_ledger(ledger: Ledger) -> Ledger:
    pledges = (Pledge(unit=OWN.code, title=f"第{number}条") for number in range(MANY))
    ledger.save_many(pledges, "试验")
    return ledger


def test_progress_tells_records_done_of_all(long_ledger: Ledger, path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_report(long_ledger, path, progress=lambda done, total: told.append((done, total)))
    assert told == [(200, MANY), (400, MANY), (600, MANY)]


def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(
    long_ledger: Ledger, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"old")
    temporary = tmp_path / "临时"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def cancel(done: int, _total: int) -> None:
        if done >= 400:
            raise ExportCancelled

    with pytest.raises(ExportCancelled):
        export_report(long_ledger, path, progress=cancel)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
    assert list(temporary.iterdir()) == []


def test_killed_half_way_it_leaves_the_old_file_whole(long_ledger: Ledger, path: Path) -> None:
    export_report(long_ledger, path, "2030", "2030")
    before = path.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-c", EXPORT, str(long_ledger.path), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"200\n"
        process.kill()
        process.wait()
    assert path.read_bytes() == before
    export_report(long_ledger, path)
    assert len(shown(path, "承诺")) == MANY


def test_a_folder_that_is_not_there_is_named(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="不存在，没有写入"):
        export_report(ledger, tmp_path / "没有" / "上报.xlsx")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder that nobody can write to")
def test_a_folder_that_takes_no_file_gives_a_clear_error(ledger: Ledger) -> None:
    with pytest.raises(CannotWrite, match=r"写不进 /proc/self/上报\.xlsx（.+），原文件未变"):
        export_report(ledger, Path("/proc/self/上报.xlsx"))


def test_a_full_disk_leaves_the_old_file(long_ledger: Ledger, path: Path) -> None:
    path.write_bytes(b"old")
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The system then refuses as it does on a full disk: in the middle of a write.
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_000, limits[1]))
    try:
        with pytest.raises(CannotWrite, match="原文件未变"):
            export_report(long_ledger, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_in_the_place_of_the_file_is_refused(ledger: Ledger, path: Path) -> None:
    path.mkdir()
    with pytest.raises(CannotWrite, match="是文件夹，没有写入"):
        export_report(ledger, path)
    assert list(path.parent.iterdir()) == [path]


def test_a_name_that_is_no_workbook_is_refused_above_all_the_ledger(ledger: Ledger) -> None:
    before = ledger.path.read_bytes()
    with pytest.raises(CannotWrite, match=r"不是 \.xlsx 文件名，没有写入"):
        export_report(ledger, ledger.path)
    assert ledger.path.read_bytes() == before


def test_a_report_that_is_open_in_an_office_program_names_who_has_it(
    ledger: Ledger, path: Path
) -> None:
    path.write_bytes(b"old")
    owner = path.with_name(f".~lock.{path.name}#")
    owner.write_text(",陈平,办公室电脑,23.11.2026 20:00,file:///home;", encoding="utf-8")
    with pytest.raises(FileBusy, match=r"上报\.xlsx 正被陈平（办公室电脑）打开，没有写入"):
        export_report(ledger, path)
    assert path.read_bytes() == b"old"
    owner.unlink()
    export_report(ledger, path)
    assert path.read_bytes() != b"old"


def test_the_old_report_is_replaced_with_its_permissions(ledger: Ledger, path: Path) -> None:
    path.write_bytes(b"old")
    path.chmod(0o640)
    export_report(ledger, path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_exports_to_one_place_leave_one_whole_file(ledger: Ledger, path: Path) -> None:
    save(ledger, "pledge")
    for _again in range(2):
        export_report(ledger, path)
    assert len(shown(path, "承诺")) == 1
    assert list(path.parent.iterdir()) == [path]


def test_every_refusal_is_an_exchange_error() -> None:
    assert all(issubclass(kind, ExchangeError) for kind in (CannotWrite, FileBusy, ExportCancelled))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full disk")
def test_a_full_disk_is_refused_in_words_and_nothing_else_is_printed(
    long_ledger: Ledger,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    whole = Path.open

    def full(file: Path, mode: str = "r", **given: Any) -> IO[Any]:
        return whole(Path("/dev/full") if "w" in mode else file, mode, **given)

    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with pytest.raises(CannotWrite, match="原文件未变。请检查磁盘空间"):
            export_report(long_ledger, path)
    gc.collect()
    assert path.read_bytes() == b"old"
    assert capfd.readouterr().err == ""


def test_parts_are_stored_with_their_sizes_before_them(long_ledger: Ledger, path: Path) -> None:
    export_report(long_ledger, path)
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        # Bit 3: sizes come after the content, which some readers of workbooks do not take.
        assert [item.filename for item in book.infolist() if item.flag_bits & 0x08] == []
