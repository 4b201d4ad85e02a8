"""A file that cannot be changed safely is refused in words, and stays as it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.wording import use_language
from tests.exchange.shared.foreign import make_foreign
from tests.exchange.shared.readers import sheet_part
from tests.exchange.shared.units import OTHER, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")


def spelt(path: Path, part: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with something replaced in one part."""
    parts = contents(path.read_bytes())
    assert old in parts[part]
    return archive_of(parts | {part: parts[part].replace(old, new)})


def document(path: Path) -> bytes:
    return spelt(path, "xl/workbook.xml", MAIN, b"http://schemas.openxmlformats.org/word")


def binary(path: Path) -> bytes:
    return spelt(path, "_rels/.rels", b"xl/workbook.xml", b"xl/workbook.bin")


def with_entities(path: Path) -> bytes:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    return spelt(path, sheet_part(path, SHEET), b"<worksheet", bomb)


def torn_sheet(path: Path) -> bytes:
    return spelt(path, sheet_part(path, SHEET), b"</sheetData>", b"")


def half(path: Path) -> bytes:
    data = path.read_bytes()
    return data[: len(data) // 2]


REFUSED: dict[Callable[[Path], bytes], str] = {
    document: "不是 Excel 工作簿",
    binary: r"\.xlsb",
    with_entities: "DTD",
    torn_sheet: "已损坏",
    half: "已损坏",
    lambda _path: COMPOUND + bytes(600): r"旧版 \.xls",
    lambda _path: COMPOUND + "EncryptedPackage".encode("utf-16-le"): "密码",
    lambda _path: "编号,标题".encode(): "不是 Excel 工作簿",
    lambda _path: b"": "不是 Excel 工作簿",
}


@pytest.mark.parametrize(("harm", "reason"), list(REFUSED.items()))
def test_it_is_refused_and_stays_as_it_is(
    ledger: Ledger, path: Path, harm: Callable[[Path], bytes], reason: str
) -> None:
    make_foreign(path)
    data = harm(path)
    path.write_bytes(data)
    save(ledger, finding("甲"))
    with pytest.raises(ExchangeError, match=reason) as caught:
        share_ledger(ledger, path)
    assert path.name in str(caught.value)
    assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_is_gone_is_named(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"文件夹 .* 不存在"):
        share_ledger(ledger, tmp_path / "没有连上的盘" / "共享.xlsx")


def test_a_folder_in_the_place_of_the_file_is_refused(ledger: Ledger, path: Path) -> None:
    path.mkdir()
    with pytest.raises(ExchangeError, match="是文件夹，不是共享表格，没有写入"):
        share_ledger(ledger, path)


@pytest.mark.parametrize("suffix", [".xls", ".xlsm", ".csv", ""])
def test_a_new_workbook_gets_no_name_that_lies(ledger: Ledger, path: Path, suffix: str) -> None:
    with pytest.raises(ExchangeError, match=r"改名为 \.xlsx"):
        share_ledger(ledger, path.with_suffix(suffix))
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("kind", [b't="array" ref="F4:F6"', b'ref="F4:F6" t="shared" si="0"'])
def test_a_formula_that_other_cells_lean_on_is_not_overwritten(
    ledger: Ledger, path: Path, kind: bytes
) -> None:
    save(ledger, finding("甲", description="灯管坏了"))
    share_ledger(ledger, path)
    text = '<is><t xml:space="preserve">灯管坏了</t></is>'.encode()
    data = spelt(
        path, sheet_part(path, SHEET), b't="inlineStr">' + text, b"><f " + kind + b">1</f><v>1</v>"
    )
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match="第 4 行有公式被其他单元格引用"):
        share_ledger(ledger, path)
    assert path.read_bytes() == data


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=150, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_a_part_with_wrong_bytes_is_changed_or_refused_in_words(
    ledger: Ledger, path: Path, tmp_path: Path, seed: int
) -> None:
    """Wrong bytes inside a sound archive reach further than those of a damaged file."""
    chance = random.Random(seed)
    if not path.exists():
        make_foreign(path)
        share_of(OTHER, ["乙"], path, tmp_path)
        save(ledger, finding("甲"))
    parts = contents(path.read_bytes())
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    harmed = bytearray(parts[name])
    for _ in range(chance.choice([1, 1, 3])):
        harmed[chance.randrange(len(harmed))] = chance.choice(b"<>/\"' =x0A19-&;")
    other = path.with_name("受损.xlsx")
    other.write_bytes(archive_of(parts | {name: bytes(harmed)}))
    before = other.read_bytes()
    try:
        share_ledger(ledger, other)
    except ExchangeError:
        assert other.read_bytes() == before
    other.unlink()


def test_a_refusal_is_in_the_language_of_the_window_and_the_workbook_in_chinese(
    ledger: Ledger, path: Path
) -> None:
    share_ledger(ledger, path)
    whole = path.read_bytes()
    path.write_bytes(document(path))
    use_language("en")
    try:
        with pytest.raises(ExchangeError) as refused:
            share_ledger(ledger, path)
        path.write_bytes(whole)
        save(ledger, finding("门坏了"))
        share_ledger(ledger, path)
    finally:
        use_language("zh_CN")
    assert re.fullmatch(r"[\x00-\x7f]+", str(refused.value).replace(path.name, ""))
    sheet = load_workbook(path)[SHEET]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"门坏了", "待整改", "问题描述"} <= cells
