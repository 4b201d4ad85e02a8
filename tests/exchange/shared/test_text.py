"""Whatever a clerk typed stands in the cell as text, and is recognised when read again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from sanyou_desktop.exchange.cells import from_xstring, xstring
from sanyou_desktop.exchange.markup import escaped
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import REPORTED
from tests.drawn import records
from tests.exchange.shared.foreign import make_foreign
from tests.exchange.shared.readers import part_of, shown
from tests.exchange.shared.units import OWN, SHEET, finding, save

# Pieces from which anything that could be misread is made.
PIECES = st.sampled_from(
    ["_", "x", "0041", "_x0041_", "_x005F_", "_x000D_", "\x01", "\x0b", "\r", "\n", "\t", "\ufffe",
     "&", "<", ">", '"', "]]>", "&amp;", " ", "😀", "𠮷", "优", "=", "\ud800"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join))


@given(text=TEXTS)
def test_any_text_is_spelt_in_what_xml_can_hold_and_read_back(text: str) -> None:
    spelt = xstring(text)
    assert from_xstring(spelt) == text
    parsed = etree.fromstring(f'<t xml:space="preserve">{escaped(spelt)}</t>'.encode())
    assert (parsed.text or "") == spelt


@pytest.mark.parametrize(
    "text",
    ["=SUM(A1:A9)", "+86 594", "-5", "@cmd", "=HYPERLINK(\"http://x\")", "'0012", "0012", "1e5",
     "TRUE", "#N/A", "2026-01-02", "𠮷野家 㐂 😀", "一\n二\t三", " 前后空格 ", "<b>&amp;</b>"],
)  # fmt: skip
def test_what_looks_like_something_else_is_text(ledger: Ledger, path: Path, text: str) -> None:
    kept = save(ledger, finding(description=text, notes=text))
    share_ledger(ledger, path)
    (row,) = shown(path, SHEET)
    assert row["问题描述"] == kept.description
    page = load_workbook(path)[SHEET]
    cells = [cell for line in page.iter_rows() for cell in line if cell.value == kept.description]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not share_ledger(ledger, path).is_changed


def test_what_looks_like_a_formula_stays_text_when_it_is_edited(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("+86 594", description="普通"))
    share_ledger(ledger, path)
    page = load_workbook(path)[SHEET]
    cells = {cell.value: cell for row in page.iter_rows() for cell in row}
    assert cells["+86 594"].quotePrefix
    assert not cells["普通"].quotePrefix
    assert cells["+86 594"].alignment.wrap_text


def test_a_text_longer_than_a_cell_is_cut_with_a_note(ledger: Ledger, path: Path) -> None:
    save(ledger, finding(description="𠮷" * 20_000, notes="=" + "字" * 40_000))
    share_ledger(ledger, path)
    (row,) = shown(path, SHEET)
    cell = str(row["问题描述"])
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert "全文 20000 字" in cell
    assert not share_ledger(ledger, path).is_changed


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_any_records_are_shared_once_and_recognised_after(data: st.DataObject) -> None:
    drawn = [data.draw(records(kind, OWN.code)) for kind in REPORTED]
    shareable = [record for record in drawn if not record.confidential]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "共享.xlsx"
        if data.draw(st.booleans()):
            make_foreign(path)
        with Ledger.create(Path(folder) / "台账.sanyou", OWN) as ledger:
            ledger.save_many(drawn, "")
            assert share_ledger(ledger, path).tally.added == len(shareable)
            before = path.read_bytes()
            again = share_ledger(ledger, path)
            assert (again.tally.unchanged, again.is_changed) == (len(shareable), False)
            assert path.read_bytes() == before
            # As somebody leaves it who looks at it in another program.
            with_formats_lost(path)
            assert share_ledger(ledger, path).tally.changed == 0


def with_formats_lost(path: Path) -> None:
    load_workbook(path).save(path)


def test_a_note_that_holds_an_address_hides_no_row(ledger: Ledger, path: Path) -> None:
    """Other programs write quotes in texts as they are."""
    save(ledger, finding("甲", description='见 r="AA4" 与 r="Y4"'))
    share_ledger(ledger, path)
    part = part_of(path, SHEET)
    spelt = path.read_bytes()
    assert b"&quot;AA4&quot;" in part
    assert len(shown(path, SHEET)) == 1
    assert not share_ledger(ledger, path).is_changed
    assert path.read_bytes() == spelt
