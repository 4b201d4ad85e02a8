"""Excel finds nothing damaged in what we write, whatever stands in it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.office_rules import faults_of
from tests.exchange.report.filled import fill, save
from tests.exchange.report.test_photos import photo, with_photos


def test_a_report_of_everything_is_sound(ledger: Ledger, path: Path) -> None:
    fill(ledger)
    with_photos(ledger, photo(ledger, "前.jpg"), photo(ledger, "后.jpg"), title="有照片")
    save(ledger, "finding", title="长", description="字" * 40_000, measure="行\n" * 500)
    save(ledger, "finding", title="  =1+1 ", raised_on="2026-07-02", place="<&>\"'")

    export_report(ledger, path, photos=True)

    assert faults_of(path) == []


def test_an_empty_report_is_sound(ledger: Ledger, path: Path) -> None:
    export_report(ledger, path)

    assert faults_of(path) == []


def test_a_shared_workbook_is_sound_when_made_and_when_changed(ledger: Ledger, path: Path) -> None:
    fill(ledger)
    share_ledger(ledger, path)
    made = faults_of(path)
    save(ledger, "finding", title="又一条", description="字" * 40_000)
    share_ledger(ledger, path)

    assert (made, faults_of(path)) == ([], [])


def test_what_excel_calls_damaged_is_found(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    fill(ledger)
    export_report(ledger, path)
    wrong = tmp_path / "错.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(wrong, "w") as package:
        for name in source.namelist():
            part = source.read(name).replace(b'ht="36"', b'ht="410"')
            package.writestr(name, part.replace(b'name="\xe5\xb0\x81\xe9\x9d\xa2"', b'name="a:b"'))

    found = faults_of(wrong)

    assert "xl/worksheets/sheet2.xml: row 1 is 410 points high" in found
    assert "a sheet called 'a:b'" in found
