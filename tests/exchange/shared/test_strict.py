"""Strict Open XML is shared into as it is: its elements only go by other names."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sanyou_desktop.exchange.package import CONTENT_TYPES
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Pledge
from tests.exchange.shared.foreign import OTHERS, make_foreign
from tests.exchange.shared.readers import by_calamine, part_of, rows_of, sheet_part
from tests.exchange.shared.strict import strict
from tests.exchange.shared.test_office import converted
from tests.exchange.shared.units import OWN, SHEET, finding, save
from tests.exchange.stored import contents, differing


def make_strict(path: Path) -> None:
    """Make the superior's workbook in Strict, its days as ISO 8601."""
    make_foreign(path)
    days = re.findall(rb'<c r="F[5-7]" s="(\d+)"><v>', part_of(path, SHEET))
    path.write_bytes(strict(path.read_bytes(), frozenset(days)))
    assert part_of(path, SHEET).count(b't="d"') == len(OTHERS)


def shown_titles(path: Path) -> list[object]:
    # The one reader at hand, beside LibreOffice, that knows Strict; openpyxl does not.
    return [row["标题"] for row in by_calamine(path, SHEET)]


def test_rows_are_added_and_changed_and_everything_else_keeps_its_bytes(
    ledger: Ledger, path: Path
) -> None:
    make_strict(path)
    before, rows = path.read_bytes(), rows_of(part_of(path, SHEET))
    record = save(ledger, finding("甲", raised_on=PartialDate.parse("2026-03-05")))
    share_ledger(ledger, path)
    assert differing(before, path.read_bytes()) == {sheet_part(path, SHEET)}
    assert shown_titles(path) == [*OTHERS, "甲"]
    save(ledger, replace(record, title="甲改"))
    assert share_ledger(ledger, path).tally.changed == 1
    assert shown_titles(path) == [*OTHERS, "甲改"]
    after = rows_of(part_of(path, SHEET))
    assert all(after[row] == rows[row] for row in (5, 6, 7))
    assert by_calamine(path, SHEET)[-1]["提出日期"] == date(2026, 3, 5)


def test_a_day_that_excel_wrote_as_iso_8601_is_the_same_day(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲", raised_on=PartialDate.parse("2026-03-05")))
    share_ledger(ledger, path)
    styles = re.findall(rb'<c r="\w+" s="(\d+)"><v>46086</v>', part_of(path, SHEET))
    assert styles
    path.write_bytes(strict(path.read_bytes(), frozenset(styles)))
    assert b"2026-03-05T00:00:00" in part_of(path, SHEET)
    before = path.read_bytes()
    done = share_ledger(ledger, path)
    assert (done.tally.unchanged, done.is_changed) == (1, False)
    assert path.read_bytes() == before


def test_an_added_sheet_speaks_the_dialect_of_the_workbook(ledger: Ledger, path: Path) -> None:
    make_strict(path)
    before = path.read_bytes()
    ledger.save(Pledge(unit=OWN.code, title="承诺一"))
    share_ledger(ledger, path)
    lists = {CONTENT_TYPES, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    added = sheet_part(path, "承诺")
    assert differing(before, path.read_bytes()) == lists | {added}
    parts = contents(path.read_bytes())
    assert b"schemas.openxmlformats.org" not in parts[added]
    assert b"officeDocument/2006/relationships" not in parts["xl/_rels/workbook.xml.rels"]
    assert [row["标题"] for row in by_calamine(path, "承诺")] == ["承诺一"]


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_shows_our_rows_in_it(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    make_strict(path)
    save(ledger, finding("甲", raised_on=PartialDate.parse("2026-03-05")))
    ledger.save(Pledge(unit=OWN.code, title="承诺一"))
    share_ledger(ledger, path)
    folder = tmp_path / "转换"
    folder.mkdir()
    for number, expected in ((2, [*OTHERS, "甲"]), (4, ["承诺一"])):
        options = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,,,{number}"
        made = converted(path, options, folder)
        with made.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        made.unlink()
        header = next(row for row in rows if "记录标识" in row)
        below = [dict(zip(header, row, strict=True)) for row in rows[rows.index(header) + 1 :]]
        assert [row["标题"] for row in below] == expected
        if number == 2:
            assert [row["提出日期"] for row in below][-2:] == ["03/03/2026", "03/05/2026"]
