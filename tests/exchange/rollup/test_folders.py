"""Folders as offices keep them: other formats, locked files, what vanishes while it is read."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from sanyou_desktop.exchange import rollup_files, rollup_reading
from sanyou_desktop.exchange.rollup import roll_up
from tests.exchange.rollup.conftest import MakeUnit, Reporter


@pytest.fixture
def folder(tmp_path: Path, county: Reporter) -> Path:
    county.add("pledge")
    folder = tmp_path / "来件" / "南平市"
    folder.mkdir(parents=True)
    shutil.copy(county.report(), folder / "建瓯.xlsx")
    return tmp_path / "来件"


def left_out(superior: Reporter, *paths: Path) -> dict[str, str]:
    found = superior.roll_up(*paths)
    return {one.place.file: one.reason for one in found.preview.left_out}


def test_a_report_saved_in_another_format_is_told_of(superior: Reporter, folder: Path) -> None:
    for name in ("政和.xls", "松溪.ET", "浦城.ods", "说明.docx", "~$政和.xls", ".松溪.et"):
        (folder / name).write_bytes(b"")
    told = left_out(superior, folder)
    assert told.keys() == {"政和.xls", "松溪.ET", "浦城.ods"}
    assert "不是 .xlsx 工作簿" in told["松溪.ET"]


def test_a_folder_without_any_is_told_of(superior: Reporter, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert "没有 .xlsx 工作簿" in left_out(superior, tmp_path / "空")["空"]


def test_the_same_file_twice_is_taken_once(superior: Reporter, folder: Path) -> None:
    shutil.copy(folder / "南平市" / "建瓯.xlsx", folder / "建瓯（副本）.xlsx")
    found = superior.roll_up(folder, folder / "南平市", folder / "南平市" / "建瓯.xlsx")
    assert [file.name for file in found.files] == ["建瓯.xlsx", "建瓯（副本）.xlsx"]
    assert found.preview.left_out == ()
    assert len(list(superior.ledger.records("submission"))) == 1


def test_a_folder_that_cannot_be_read_is_told_of_and_the_rest_is_taken(
    superior: Reporter, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "断开").mkdir()
    walked = os.scandir

    def scandir(path: Any = ".") -> Any:
        if Path(path).name == "断开":
            raise OSError(errno.EHOSTDOWN, os.strerror(errno.EHOSTDOWN), str(path))
        return walked(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = superior.roll_up(folder)
    (told,) = found.preview.left_out
    assert told.place.file == "断开"
    assert "文件夹读不了" in told.reason
    assert len(found.files) == 1


@pytest.mark.parametrize("processes", [False, True])
def test_a_file_that_vanishes_before_it_is_read_stops_nobody(
    superior: Reporter, folder: Path, monkeypatch: pytest.MonkeyPatch, processes: bool
) -> None:
    gone = folder / "政和.xlsx"
    shutil.copy(folder / "南平市" / "建瓯.xlsx", gone)
    found_before = rollup_files.workbooks

    def workbooks(*given: Any) -> list[Path]:
        found = found_before(*given)
        gone.unlink()
        return found

    monkeypatch.setattr("sanyou_desktop.exchange.rollup.workbooks", workbooks)
    if processes:
        monkeypatch.setattr(rollup_reading, "_WORTH_PROCESSES", 0)
    found = roll_up(superior.ledger, [folder])
    assert [one.place.file for one in found.preview.left_out] == ["政和.xlsx"]
    assert "找不到这个文件" in found.preview.left_out[0].reason
    assert len(found.files) == 1


@pytest.fixture(autouse=True)
def enough_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_units_that_come_along_are_told_of_in_one_sentence(
    superior: Reporter, unit: MakeUnit
) -> None:
    reports = [unit(f"3507{n:02d}", f"第{n}县机关事务管理局").report() for n in range(22)]
    (note,) = superior.roll_up(*reports).preview.notes
    assert note.startswith(
        "22 个单位原来不在本台账中，随表新增：「第0县机关事务管理局」（350700）、"
    )
    assert note.endswith("「第19县机关事务管理局」（350719）等。")
    assert superior.roll_up(*reports).preview.notes == ()
