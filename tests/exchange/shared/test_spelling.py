"""Parts in UTF-16, and with comments, instructions and CDATA anywhere, keep all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.exchange.spelling import plainly
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Pledge
from tests.exchange.shared.foreign import OTHERS, make_foreign
from tests.exchange.shared.readers import by_openpyxl
from tests.exchange.shared.units import OTHER, OWN, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents, differing

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
COMMENT = '<!-- <row r="1"><c r="A1"/></row> </sheetData> "备注" > -->'.encode()
SHEET_PART = "xl/worksheets/sheet2.xml"
ORDER = b"<?mso-application progid='<Excel.Sheet>'?>"


def with_comments(name: str, data: bytes) -> bytes:
    """Put comments before many start tags, and an instruction behind the declaration."""
    if name.endswith((".rels", "[Content_Types].xml")):
        # The libraries read nothing else in these.
        return data + COMMENT
    head = re.match(rb"<\?xml.*?\?>", data)
    assert head is not None
    body = re.sub(rb"(?=<(?:row|c|sheets|si|cellXfs|sheetData|fonts)[ >])", COMMENT, data)
    return head[0] + ORDER + body[head.end() :] + COMMENT


def with_cdata(_name: str, data: bytes) -> bytes:
    """Spell every text as CDATA."""
    return re.sub(rb"(<t(?: [^>]*)?>)([^<&]+)(</t>)", rb"\1<![CDATA[\2]]>\3", data)


def in_utf_16(name: str, data: bytes) -> bytes:
    """Spell the part in UTF-16, which [Content_Types].xml may be in as well."""
    text = data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return text.encode("utf-16") if len(name) % 2 else b"\xfe\xff" + text.encode("utf-16-be")


def without_mark(_name: str, data: bytes) -> bytes:
    """Spell the part in UTF-16 that is known by its declaration alone."""
    return data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16BE"').encode("utf-16-be")


def with_mark(_name: str, data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


SPELLINGS = [with_comments, with_cdata, in_utf_16, without_mark, with_mark]


def make(path: Path, folder: Path, spelt: Callable[[str, bytes], bytes]) -> None:
    """Make the superior's workbook with a row of another unit, every part of it spelt so."""
    make_foreign(path)
    share_of(OTHER, ["乙"], path, folder)
    of_sheets = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/", "xl/worksheets/",
                 "xl/styles.xml", "xl/sharedStrings.xml", "_rels/")  # fmt: skip
    parts = contents(path.read_bytes())
    path.write_bytes(
        archive_of(
            {
                name: spelt(name, one)
                if name.startswith(of_sheets) and name.endswith((".xml", ".rels"))
                else one
                for name, one in parts.items()
            }
        )
    )


def shown_titles(path: Path) -> list[object]:
    return [row["标题"] for row in by_openpyxl(path, SHEET)]


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_rows_come_change_and_go_and_the_rest_keeps_its_spelling(
    ledger: Ledger, path: Path, tmp_path: Path, spelt: Callable[[str, bytes], bytes]
) -> None:
    make(path, tmp_path, spelt)
    original = contents(path.read_bytes())
    record = finding("甲", raised_on=PartialDate.parse("2026-03-05"))
    for turn in ("append", "change", "withdraw"):
        before = path.read_bytes()
        if turn == "withdraw":
            ledger.delete([record.id])
        else:
            record = save(ledger, record if turn == "append" else replace(record, title="甲改"))
        share_ledger(ledger, path)
        assert differing(before, path.read_bytes()) == {SHEET_PART}, turn
        after = path.read_bytes()
        assert not share_ledger(ledger, path).is_changed
        assert path.read_bytes() == after
    assert shown_titles(path) == [*OTHERS, "乙", "甲改"]
    held, now = original[SHEET_PART], contents(path.read_bytes())[SHEET_PART]
    # Row by row: our own comes behind theirs, which keep all that stands between.
    encoding = encoding_of(held)
    begin, end = (held.index(f"{text}".encode(encoding)) for text in ("<row", "</sheetData>"))
    assert held[begin:end] in now
    for text in (COMMENT, ORDER, b"<![CDATA["):
        assert now.count(text) == held.count(text)


def encoding_of(data: bytes) -> str:
    """Return the encoding of a part."""
    orders = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\0<": "utf-16-be"}
    return orders.get(data[:2], "utf-8")


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_a_sheet_and_formats_are_added_among_them(
    ledger: Ledger, path: Path, tmp_path: Path, spelt: Callable[[str, bytes], bytes]
) -> None:
    make(path, tmp_path, spelt)
    before = contents(path.read_bytes())
    ledger.save(Pledge(unit=OWN.code, title="承诺一"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    assert "承诺" in book.sheetnames
    assert "承诺一" in [cell.value for row in book["承诺"].iter_rows() for cell in row]
    after = contents(path.read_bytes())
    for name, content in before.items():
        for text in (COMMENT, ORDER, b"<![CDATA["):
            assert after[name].count(text) == content.count(text), name
    assert not share_ledger(ledger, path).is_changed


@given(
    pieces=st.lists(
        st.sampled_from(
            ["<row/>", "<!-- a -- >b -->", "<!---->", "<?x y > ?>", "<![CDATA[<c> & ]]]]>",
             "<c>甲&amp;</c>", " ", "<?_0?>", "<v>12</v>"]
        )
    ),
    encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-8-sig"]),
    declared=st.booleans(),
    marked=st.booleans(),
)  # fmt: skip
def test_what_was_taken_out_comes_back_to_the_byte(
    pieces: list[str], encoding: str, declared: bool, marked: bool
) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    mark = mark if marked or not declared else b""
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n' if declared else ""
    data = mark + f"{head}<d>{''.join(pieces)}</d>".encode(encoding)
    plain, spelling = plainly(data)
    assert b"<!" not in plain
    assert plain.decode().count("<row/>") == pieces.count("<row/>")
    restored = plain if spelling is None else spelling.restored(plain)
    assert restored == data
    if spelling is not None and "<?_0?>" not in pieces:
        # Not read through this.
        assert spelling.restored(data) == data
