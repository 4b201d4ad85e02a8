"""A workbook that somebody has open is left alone, and the message says who has it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from sanyou_desktop.exchange.errors import FileBusy
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.writer_lock import WriterLock
from tests.exchange.shared.readers import titles
from tests.exchange.shared.units import SHEET, finding, save


def excel_owner(name: str) -> bytes:
    """Return what Excel writes beside an open workbook: the name in two codings, 165 bytes."""
    narrow = name.encode("gb18030")
    head = bytes([len(narrow)]) + narrow.ljust(53, b" ")
    wide = struct.pack("<H", len(name)) + name.encode("utf-16-le").ljust(109, b" ")
    return (head + wide)[:165]


def old_wps_owner(name: str) -> bytes:
    narrow = name.encode("gb18030")
    return bytes([len(narrow)]) + narrow.ljust(53, b"\0")


OWNERS = {
    "excel": ("~$三优共享.xlsx", excel_owner("张伟"), "张伟"),
    "wps": ("~$三优共享.xlsx", old_wps_owner("李娜"), "李娜"),
    "wps on linux": (".~三优共享.xlsx", old_wps_owner("李娜"), "李娜"),
    "wps with a name in utf-8": (".~三优共享.xlsx", b"\x06" + "陈静".encode() + b" " * 47, "陈静"),
    "nothing but a name": ("~$三优共享.xlsx", "陈静\n".encode(), "陈静"),
    "excel, not readable": ("~$三优共享.xlsx", b"", "别人"),
    "libreoffice": (
        ".~lock.三优共享.xlsx#",
        "王芳,wangfang,机要室-03,23.11.2026 21:00,file:///home/w;".encode(),
        "王芳（机要室-03）",
    ),
    "libreoffice without a name": (
        ".~lock.三优共享.xlsx#",
        b",root,office-pc,23.11.2026 21:00,file:///root/.config;",
        "root（office-pc）",
    ),
}


@pytest.mark.parametrize("program", list(OWNERS))
def test_the_message_names_who_has_it_open(ledger: Ledger, path: Path, program: str) -> None:
    name, content, who = OWNERS[program]
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    before = path.read_bytes()
    save(ledger, finding("乙"))
    owner = path.with_name(name)
    owner.write_bytes(content)
    with pytest.raises(FileBusy) as caught:
        share_ledger(ledger, path)
    said = str(caught.value)
    assert (caught.value.who, caught.value.owner) == (who, name)
    assert f"三优共享.xlsx 正被{who}打开" in said
    assert "文件未变" in said
    assert "请关闭后再试" in said
    assert name in said
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == sorted([path, owner])
    owner.unlink()
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲", "乙"]


@pytest.mark.parametrize("owner", ["~$优共享汇总.xlsx", ".~共享汇总.xlsx"])
def test_a_long_name_may_have_lost_its_first_letters(
    ledger: Ledger, path: Path, owner: str
) -> None:
    path = path.with_name("三优共享汇总.xlsx")
    save(ledger, finding("甲"))
    path.with_name(owner).write_bytes(excel_owner("张伟"))
    with pytest.raises(FileBusy, match="张伟"):
        share_ledger(ledger, path)
    # It may as well be of a workbook that is called just that.
    path.with_name(owner[2:]).touch()
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]


def test_a_folder_in_the_place_of_the_owner_file_is_somebody(ledger: Ledger, path: Path) -> None:
    path.with_name(f"~${path.name}").mkdir()
    with pytest.raises(FileBusy, match="别人"):
        share_ledger(ledger, path)
    assert not path.exists()


def test_one_opened_while_it_is_being_written_is_left_alone(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    before = path.read_bytes()
    save(ledger, finding("乙"))

    def opened(done: int, total: int) -> None:
        if done == total:
            path.with_name(f"~${path.name}").write_bytes(excel_owner("张伟"))

    with pytest.raises(FileBusy, match="张伟"):
        share_ledger(ledger, path, progress=opened)
    assert path.read_bytes() == before


def test_another_unit_that_is_writing_is_waited_for_then_named(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    lock = WriterLock(path)
    with pytest.raises(FileBusy, match="正在被另一个单位写入") as caught:
        share_ledger(ledger, path, patience=0.1)
    assert caught.value.who == "另一个单位"
    assert not path.exists()
    lock.release()
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]


def test_a_lock_file_that_nobody_holds_is_no_obstacle(ledger: Ledger, path: Path) -> None:
    """As a machine leaves it that lost its power."""
    path.with_name(f".{path.name}.lock").touch()
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]
    assert list(path.parent.iterdir()) == [path]
