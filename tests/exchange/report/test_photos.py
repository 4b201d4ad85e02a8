"""Photos stand beside their records: in their own cell, small, and only where they are wanted."""

from __future__ import annotations

import re
import subprocess
import zipfile
import zlib
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from sanyou_desktop.exchange import photo_cells, report_pictures
from sanyou_desktop.exchange.hand_edits import is_edited
from sanyou_desktop.exchange.read_workbook import ReportFile
from sanyou_desktop.exchange.report_workbook import Exported, export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.record import Attachment, Record
from tests.exchange.report.filled import save
from tests.exchange.report.readers import converted

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_EMU = 9525


def photo(ledger: Ledger, name: str, **given: str) -> Attachment:
    """Keep a photo of a colour of its own."""
    file = BytesIO()
    Image.new("RGB", (400, 300), f"#{zlib.crc32(name.encode()) % 0xFFFFFF:06x}").save(file, "PNG")
    return replace(ledger.attachments.add(file.getvalue(), name), **given)  # type: ignore[arg-type] # all are texts


def with_photos(
    ledger: Ledger, *photos: Attachment, kind: str = "finding", **given: Json
) -> Record:
    record = save(ledger, kind, **given)
    return ledger.save(replace(record, attachments=photos)).record


def exported(ledger: Ledger, path: Path, **given: Any) -> Exported:
    return export_report(ledger, path, photos=True, **given)


def anchors(path: Path, sheet: str) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return row and column (from 1) of each picture, and its sides in pixels."""
    images = page_of(path, sheet)._images  # type: ignore[attr-defined] # there is no other way
    found = []
    for image in images:
        begin, end = image.anchor._from, image.anchor.to
        assert (begin.row, begin.col) == (end.row, end.col), "it moves and hides with its row"
        sides = (begin.colOff, begin.rowOff, end.colOff, end.rowOff)
        found.append((begin.row + 1, begin.col + 1, tuple(side // _EMU for side in sides)))
    return found


def page_of(path: Path, sheet: str = "问题整改") -> Worksheet:
    page = load_workbook(path)[sheet]
    assert isinstance(page, Worksheet)
    return page


def words(path: Path, number: int = 1) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        drawing = ElementTree.fromstring(archive.read(f"xl/drawings/drawing{number}.xml"))
    return [one.get("descr", "") for one in drawing.iter(f"{_XDR}cNvPr")]


def test_photos_stand_in_the_cell_of_their_row_before_beside_after(
    ledger: Ledger, path: Path
) -> None:
    with_photos(ledger, title="没有照片")
    with_photos(
        ledger,
        photo(ledger, "后.jpg", stage="after", caption="已清理"),
        photo(ledger, "前.jpg", stage="before"),
    )
    told = str(exported(ledger, path))
    assert "放入照片缩略图 2 张。" in told
    page = page_of(path)
    headers = [cell.value for cell in page[3]]
    place = headers.index("照片") + 1
    assert page.cell(5, place).value == "整改前 1、整改后 1"
    assert page.cell(4, place).value is None
    before, after = anchors(path, "问题整改")
    assert (before[:2], after[:2]) == ((5, place), (5, place))
    assert before[2][0] < after[2][0]
    assert words(path) == ["整改前 前.jpg", "整改后 已清理 后.jpg"]
    # The photos' own column is the last that is printed.
    assert headers.index("照片") == headers.index("状态") + 1
    letter = get_column_letter(place)
    assert f":${letter}$" in str(page.print_area)


def test_the_row_and_the_column_are_large_enough_for_their_photos(
    ledger: Ledger, path: Path
) -> None:
    with_photos(ledger, *(photo(ledger, f"{n}.jpg") for n in range(5)))
    exported(ledger, path)
    page = page_of(path)
    height = page.row_dimensions[4].height
    width = page.column_dimensions[get_column_letter(anchors(path, "问题整改")[0][1])].width
    assert height is not None
    for _row, _column, (left, top, right, bottom) in anchors(path, "问题整改"):
        assert 0 <= left < right <= width * 7 + 5
        # Below the line that counts them.
        assert 16 <= top < bottom
        assert bottom * 0.75 <= height
    sides = sorted(one[2] for one in anchors(path, "问题整改"))
    for at, one in enumerate(sides):
        for other in sides[at + 1 :]:
            apart = one[2] <= other[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, "no photo covers another"


def test_rounds_keep_their_pairs_and_the_rest_is_counted(ledger: Ledger, path: Path) -> None:
    first, second = "第一轮", "第二轮"
    record = save(ledger, "finding")
    photos = [
        photo(ledger, f"{stage}{turn}{n}.jpg", stage=stage, round=turn)
        for stage in ("before", "after")
        for turn in (first, second)
        for n in range(2)
    ]
    ledger.save(replace(record, attachments=(*photos, photo(ledger, "全景.jpg"))))
    told = str(exported(ledger, path))
    assert "放入照片缩略图 6 张。另有 3 张没有放入：每条记录最多 6 张" in told
    shown = [re.sub("整改.", "", one).strip() for one in words(path)]
    pairs = [
        (f"before{turn}{n}.jpg", f"after{turn}{n}.jpg") for turn in (first, second) for n in (0, 1)
    ]
    assert shown == [name for pair in pairs[:3] for name in pair]
    (text,) = (cell.value for cell in page_of(path)[4] if "附 6 张" in str(cell.value))
    assert text == "整改前 4、整改后 4、其他 1（附 6 张）"


def test_without_being_asked_for_no_photo_goes_out(ledger: Ledger, path: Path) -> None:
    with_photos(ledger, photo(ledger, "前.jpg"))
    told = str(export_report(ledger, path))
    assert "照片" not in told
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "media" in name]
    assert "照片" not in [cell.value for cell in page_of(path)[3]]


def test_photos_of_secret_records_stay_with_them(ledger: Ledger, path: Path) -> None:
    with_photos(ledger, photo(ledger, "密.jpg"), confidential="secret")
    with_photos(ledger, photo(ledger, "公开.jpg"), kind="activity")
    assert "照片缩略图 1 张" in str(exported(ledger, path))
    # The table of findings has not even a column for them.
    assert "照片" not in [cell.value for cell in page_of(path)[3]]
    with zipfile.ZipFile(path) as archive:
        assert len([name for name in archive.namelist() if "media" in name]) == 1
        assert not any("密.jpg".encode() in archive.read(name) for name in archive.namelist())
    assert "照片缩略图 2 张" in str(exported(ledger, path, confidential=True))


def test_one_picture_is_kept_once(ledger: Ledger, path: Path) -> None:
    same = photo(ledger, "同.jpg")
    for kind in ("finding", "finding", "activity"):
        with_photos(ledger, same, kind=kind)
    assert "照片缩略图 3 张" in str(exported(ledger, path))
    with zipfile.ZipFile(path) as archive:
        assert [name for name in archive.namelist() if "media" in name] == ["xl/media/photo1.jpeg"]


def test_what_cannot_be_shown_is_counted(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = ledger.attachments.add(b"\xff\xd8\xff no picture", "坏.jpg")
    with_photos(ledger, broken, photo(ledger, "好.jpg"))
    # Its original lies with another unit, as after a roll-up.
    stored = f'[{{"media_type":"image/jpeg","sha256":"{"ab" * 32}"}}]'
    with closing(report_pictures.PictureStore()) as store:
        cells = photo_cells.PhotoCells(ledger.attachments, store)
        assert cells(stored).placed == ()
        assert cells.elsewhere == 1
        assert "1 张照片的原件在填报单位" in cells.told()
    told = str(exported(ledger, path))
    assert "放入照片缩略图 1 张。1 张照片太大或读不出来，没有放入。" in told
    monkeypatch.setattr(report_pictures, "MOST_PICTURES", 1)
    with_photos(ledger, photo(ledger, "第二.jpg"))
    assert "1 张放不下" in str(exported(ledger, path))


def test_a_report_with_photos_is_read_back_as_it_went_out(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if an office program had saved it: else nobody looks at the sheets.
    monkeypatch.setattr("sanyou_desktop.exchange.register_sheet.seal_of", lambda *_given: "")
    with_photos(ledger, photo(ledger, "前.jpg"))
    with_photos(ledger, photo(ledger, "会.jpg"), kind="activity")
    exported(ledger, path)
    file = ReportFile(path)
    rows = list(file.rows())
    assert len(rows) == 2
    for row in rows:
        assert row.visible is not None
        assert not is_edited(row.register, row.visible)
    assert list(file.strays()) == []


@pytest.mark.office
@pytest.mark.pdf
def test_an_office_program_shows_them_all(ledger: Ledger, path: Path) -> None:
    for number in range(3):
        with_photos(ledger, photo(ledger, f"甲{number}.jpg"), photo(ledger, f"乙{number}.jpg"))
    exported(ledger, path)
    made = converted(path, "pdf")
    listed = subprocess.run(["pdfimages", "-list", str(made)], capture_output=True, check=True)
    assert len([line for line in listed.stdout.splitlines() if b" image " in line]) == 6
