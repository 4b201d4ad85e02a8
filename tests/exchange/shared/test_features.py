"""Whatever Excel keeps in the very sheet that rows go into: it keeps its bytes, and rows land."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from tests.exchange.shared.features import FEATURES
from tests.exchange.shared.foreign import OTHERS, make_foreign
from tests.exchange.shared.readers import by_calamine, sheet_part
from tests.exchange.shared.test_office import converted
from tests.exchange.shared.units import OTHER, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents, differing

ROW = re.compile(rb"<(?:x:)?row\b[^>]*?(?:/>|>.*?</(?:x:)?row>)", re.DOTALL)
# The two that say how far the rows reach.
EXTENT = re.compile(rb'(<(?:x:)?(?:dimension|autoFilter) ref="[A-Z0-9]+:[A-Z]+)\d+')
TOGETHER = ("threaded_comment", "slicer", "form_control", "protected_sheet")


def make(path: Path, folder: Path, *features: str) -> None:
    """Make the superior's workbook with rows of another unit, and put the features into it."""
    make_foreign(path)
    share_of(OTHER, ["乙"], path, folder)
    sheet = sheet_part(path, SHEET)
    parts = contents(path.read_bytes())
    for feature in features:
        parts = FEATURES[feature](parts, sheet)
    path.write_bytes(archive_of(parts))
    path.with_name("三优共享.上一版.xlsx").unlink()


def frame(data: bytes) -> bytes:
    """Return a sheet without its rows, whatever they reach to."""
    return EXTENT.sub(rb"\1", ROW.sub(b"", data))


def shown_titles(path: Path) -> list[object]:
    return [row["标题"] for row in by_calamine(path, SHEET)]


@pytest.mark.parametrize("feature", list(FEATURES))
def test_it_keeps_its_bytes_through_every_kind_of_export(
    ledger: Ledger, path: Path, tmp_path: Path, feature: str
) -> None:
    make(path, tmp_path, feature)
    sheet = sheet_part(path, SHEET)
    assert shown_titles(path) == [*OTHERS, "乙"]
    record = finding("甲", raised_on=PartialDate.parse("2026-03-05"))
    others: list[bytes] = []
    for turn in ("append", "change", "withdraw"):
        before = path.read_bytes()
        if turn == "withdraw":
            ledger.delete([record.id])
        else:
            record = save(ledger, record if turn == "append" else replace(record, title="甲改"))
        share_ledger(ledger, path)
        assert differing(before, path.read_bytes()) == {sheet}, turn
        old, new = contents(before)[sheet], contents(path.read_bytes())[sheet]
        assert frame(new) == frame(old), turn
        others = others or ROW.findall(old)
        assert ROW.findall(new)[: len(others)] == others, turn
    assert shown_titles(path) == [*OTHERS, "乙", "甲改"]
    assert not share_ledger(ledger, path).is_changed


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_opens_them_together_with_our_row(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    make(path, tmp_path, *TOGETHER)
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    folder = tmp_path / "转换"
    folder.mkdir()
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,,,2"
    text = converted(path, options, folder).read_text(encoding="utf-8")
    assert [title for title in (*OTHERS, "乙", "甲") if f",{title}," in text] == [
        *OTHERS,
        "乙",
        "甲",
    ]
