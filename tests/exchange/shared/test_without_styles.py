"""A workbook without cell formats, as some libraries write it, is shared into all the same."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from tests.exchange.office_rules import faults_of
from tests.exchange.shared.readers import sheet_part, shown, titles
from tests.exchange.shared.test_office import converted
from tests.exchange.shared.units import SHEET, finding, save
from tests.exchange.stored import archive_of, contents, differing

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LISTS = ["fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"]
DAY = PartialDate.parse("2026-03-05")


def without(data: bytes) -> bytes:
    """Return the workbook without its styles part and all that names it."""
    parts = contents(data)
    del parts["xl/styles.xml"]
    for name, tag in (("[Content_Types].xml", "Override"), ("xl/_rels/workbook.xml.rels", "Rel")):
        parts[name] = re.sub(rb"<%b[^>]*styles[^>]*/>" % tag.encode(), b"", parts[name])
    return archive_of(parts)


def lost(data: bytes) -> bytes:
    """Return the workbook that names a styles part which is not there."""
    parts = contents(data)
    del parts["xl/styles.xml"]
    return archive_of(parts)


def bare(data: bytes) -> bytes:
    """Return the workbook with a styles part in which nothing is."""
    return archive_of(contents(data) | {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'.encode()})


def half(data: bytes) -> bytes:
    """Return the workbook with a list of fonts under a prefix, and what comes behind formats."""
    spelt = (
        f'<x:styleSheet xmlns:x="{MAIN}"><x:fonts count="1"><x:font/></x:fonts>'
        '<x:dxfs count="0"/><x:extLst/></x:styleSheet>'
    )
    return archive_of(contents(data) | {"xl/styles.xml": spelt.encode()})


def lists(path: Path) -> list[str]:
    """Return the lists of the styles part; each counts what it holds."""
    root = etree.fromstring(contents(path.read_bytes())["xl/styles.xml"])
    for one in root:
        assert int(one.get("count", "0")) == len(one)
    return [etree.QName(one).localname for one in root]


def foreign(path: Path, *, day: bool = False) -> None:
    """Make a table of ours as a library without formats writes it."""
    headers = (
        ["标题", "提出日期", "所属单位代码", "记录标识"]
        if day
        else ["标题", "所属单位代码", "记录标识"]
    )
    cells = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{one}</t></is></c>'
        for letter, one in zip("ABCD", headers, strict=False)
    )
    rows = f'<sheetData><row r="1">{cells}</row></sheetData>'
    sheet = f'<worksheet xmlns="{MAIN}">{rows}</worksheet>'
    leads = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType='
            f'"{main}.worksheet+xml"/><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{main}.sheet.main+xml"/></Types>',
        )
        lead = (
            '<Relationships xmlns="{}/relationships"><Relationship Id="rId1" Type="{}/{}" '
            'Target="{}"/></Relationships>'
        )
        archive.writestr(
            "_rels/.rels", lead.format(package, leads, "officeDocument", "xl/workbook.xml")
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", lead.format(package, leads, "worksheet", "s.xml")
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{leads}"><sheets><sheet name="{SHEET}" '
            f'sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/s.xml", sheet)


@pytest.mark.parametrize("made", [without, lost, bare, half])
def test_it_gets_what_new_formats_need_and_its_other_parts_keep_their_bytes(
    ledger: Ledger, path: Path, made: Callable[[bytes], bytes]
) -> None:
    share_ledger(ledger, path)
    path.write_bytes(made(path.read_bytes()))
    before = path.read_bytes()
    save(ledger, finding("甲", description="=1+1", raised_on=DAY, item=3))
    share_ledger(ledger, path)
    changed = {sheet_part(path, SHEET), "xl/styles.xml"}
    if made is without:
        changed |= {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert differing(before, path.read_bytes()) == changed
    assert [one for one in lists(path) if one in LISTS] == LISTS
    assert not faults_of(path)
    (row,) = shown(path, SHEET)
    assert (row["标题"], row["提出日期"]) == ("甲", DAY.first())
    after = path.read_bytes()
    assert not share_ledger(ledger, path).is_changed
    assert path.read_bytes() == after


def test_the_formats_that_cells_refer_to_are_there(ledger: Ledger, path: Path) -> None:
    share_ledger(ledger, path)
    path.write_bytes(without(path.read_bytes()))
    save(ledger, finding("甲", raised_on=DAY))
    share_ledger(ledger, path)
    parts = contents(path.read_bytes())
    used = {int(one) for one in re.findall(rb'<c [^>]*\bs="(\d+)"', b"".join(parts.values()))}
    formats = etree.fromstring(parts["xl/styles.xml"]).findall(f"{{{MAIN}}}cellXfs/*")
    assert max(used) < len(formats)


def test_a_workbook_of_bare_cells_takes_rows_without_any_format(ledger: Ledger, path: Path) -> None:
    """Nothing that is added needs a format here: no part is added for it."""
    foreign(path)
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]


def test_a_workbook_of_bare_cells_gets_formats_for_dates(ledger: Ledger, path: Path) -> None:
    foreign(path, day=True)
    save(ledger, finding("甲", raised_on=DAY))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]
    assert not faults_of(path)
    assert shown(path, SHEET)[0]["提出日期"] == DAY.first()


@pytest.mark.office
@pytest.mark.slow
def test_libre_office_opens_it(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    share_ledger(ledger, path)
    path.write_bytes(without(path.read_bytes()))
    save(ledger, finding("甲", raised_on=DAY))
    share_ledger(ledger, path)
    folder = tmp_path / "转换"
    folder.mkdir()
    made = converted(path, "xlsx", folder)
    assert titles(made, SHEET) == ["甲"]
