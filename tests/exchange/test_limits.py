"""Whatever file is given, it is opened within the limits or refused with the reason."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from sanyou_desktop.exchange import limits
from sanyou_desktop.exchange.errors import (
    ExchangeError,
    NotAWorkbook,
    TooLarge,
    Unsupported,
)
from sanyou_desktop.exchange.limits import open_archive, read_entry, read_file
from tests.exchange.stored import archive_of

TYPES = "[Content_Types].xml"
NAME = "共享.xlsx"
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


def small_workbook() -> bytes:
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("问题整改").write_row(0, 0, ["编号", "标题", 1, 2.5])
    return made.getvalue()


WHOLE = small_workbook()


def read_all(data: bytes) -> None:
    archive = open_archive(data, NAME)
    for entry in archive.infolist():
        read_entry(archive, entry, NAME)


def flagged_encrypted(data: bytes) -> bytes:
    """Return the archive with the encryption flag of its first entry set in the directory."""
    place = data.index(b"PK\1\2") + 8
    return data[:place] + b"\x01" + data[place + 1 :]


def bomb() -> bytes:
    return archive_of({TYPES: b"<Types/>", "xl/worksheets/sheet1.xml": bytes(32 * 1024 * 1024)})


def too_many_parts() -> bytes:
    many = {f"xl/{number}.xml": b"" for number in range(limits.MOST_PARTS)}
    return archive_of({TYPES: b"<Types/>"} | many, zipfile.ZIP_STORED)


def too_large_when_unpacked() -> bytes:
    """Return an archive that says a part is of 300 MB."""
    data = archive_of({TYPES: b"<Types/>", "xl/a.xml": b"<a/>"}, zipfile.ZIP_STORED)
    place = data.rindex(b"PK\1\2") + 24
    return data[:place] + struct.pack("<L", 300 * 1024 * 1024) + data[place + 4 :]


def compressed_otherwise() -> bytes:
    return archive_of({TYPES: b"<Types/>", "xl/a.xml": b"<a/>" * 100}, zipfile.ZIP_LZMA)


def with_part(name: str) -> bytes:
    return archive_of({TYPES: b"<Types/>", name: b"<a/>"})


REFUSED: dict[str, tuple[bytes, type[ExchangeError], str]] = {
    "nothing": (b"", NotAWorkbook, "不是 Excel 工作簿"),
    "text": ("编号,标题\n1,优\n".encode(), NotAWorkbook, "不是 Excel 工作簿"),
    "half a workbook": (WHOLE[: len(WHOLE) // 2], NotAWorkbook, "已损坏"),
    "an archive of something else": (archive_of({"a.txt": b"a"}), NotAWorkbook, "不是 Excel"),
    "an old workbook": (COMPOUND, Unsupported, r"旧版 \.xls"),
    "a password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), Unsupported, "密码"),
    "an encrypted entry": (flagged_encrypted(WHOLE), Unsupported, "密码"),
    "another compression": (compressed_otherwise(), Unsupported, "压缩方式"),
    "a signature": (with_part("_xmlsignatures/sig1.xml"), Unsupported, "数字签名"),
    "a bomb": (bomb(), TooLarge, "压缩比异常"),
    "many parts": (too_many_parts(), TooLarge, "解开后过大"),
    "a huge part": (too_large_when_unpacked(), TooLarge, "解开后过大"),
    "a way out": (with_part("../../etc/passwd"), NotAWorkbook, "内部结构不正常"),
    "a whole path": (with_part("/etc/passwd"), NotAWorkbook, "内部结构不正常"),
    "a drive": (with_part("C:/a.xml"), NotAWorkbook, "内部结构不正常"),
    "one part twice": (with_part("[content_types].XML"), NotAWorkbook, "内部结构不正常"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_it_is_refused_with_the_reason(what: str) -> None:
    data, kind, reason = REFUSED[what]
    with pytest.raises(kind, match=reason) as caught:
        open_archive(data, NAME)
    assert NAME in str(caught.value)
    assert "文件未变" in str(caught.value) or "未作处理" in str(caught.value)


def test_a_workbook_is_opened() -> None:
    read_all(WHOLE)


@given(data=st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    for whole in (data, b"PK\3\4" + data, data + b"PK\5\6" + bytes(18), COMPOUND + data):
        with pytest.raises(ExchangeError):
            read_all(whole)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=300)
def test_a_workbook_with_wrong_bytes_is_read_or_refused_in_words(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(chance.choice([1, 1, 3, 20])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(ExchangeError):
        read_all(bytes(data))


@given(length=st.integers(0, len(WHOLE) - 1))
def test_a_cut_workbook_is_refused_in_words(length: int) -> None:
    with pytest.raises(ExchangeError):
        read_all(WHOLE[:length])


def test_a_part_longer_than_it_says_is_not_unpacked_further() -> None:
    data = archive_of({TYPES: b"<Types/>", "xl/a.xml": b"<a/>" * 1000})
    place = data.rindex(b"PK\1\2") + 24
    lying = data[:place] + struct.pack("<L", 4) + data[place + 4 :]
    with pytest.raises(NotAWorkbook, match="已损坏"):
        read_all(lying)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(WHOLE)
    assert read_file(path) == WHOLE
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "没有.xlsx")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    with pytest.raises(ExchangeError, match="是文件夹，不是文件，没有读取"):
        read_file(folder)


def test_a_file_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    path.write_bytes(WHOLE)
    monkeypatch.setattr(limits, "LARGEST_FILE", len(WHOLE) - 1)
    with pytest.raises(TooLarge, match="超过"):
        read_file(path)


@given(
    data=st.binary(max_size=60), piece=st.binary(min_size=1, max_size=3), start=st.integers(0, 61)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_search_by_portions_misses_nothing_across_their_seams(
    monkeypatch: pytest.MonkeyPatch, data: bytes, piece: bytes, start: int
) -> None:
    monkeypatch.setattr(limits, "_SEARCHED", 7)
    # What is often there as well as what is not.
    for sought in (piece, data[20:22], data[6:8]):
        if sought:
            assert limits.holds(data, sought, start) == (sought in data[start:])
