"""What LibreOffice, which did not write it, shows of a shared workbook."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from tests.exchange.shared.foreign import OTHERS, make_foreign
from tests.exchange.shared.readers import shown, titles
from tests.exchange.shared.units import SHEET, finding, save

pytestmark = [
    pytest.mark.office,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]
TEXT = '=SUM(A1)\n"引号"，<b>&amp;</b> 😀𠮷'


def converted(path: Path, kind: str, folder: Path) -> Path:
    """Let LibreOffice open the workbook and save it as something else."""
    command = ["soffice", f"-env:UserInstallation={(folder / '设置').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "Error" not in done.stderr, done.stderr
    (made,) = folder.glob(f"{path.stem}*.{kind.partition(':')[0]}")
    return made


def test_it_shows_our_rows_among_the_others(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    make_foreign(path)
    save(ledger, finding("甲", description=TEXT, raised_on=PartialDate.parse("2026-03-05")))
    share_ledger(ledger, path)
    folder = tmp_path / "转换"
    folder.mkdir()
    # Comma, quote, UTF-8; dates as English ones; of all sheets the second.
    sheet = converted(
        path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,,,2", folder
    )
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header = next(row for row in rows if "记录标识" in row)
    shown_there = [dict(zip(header, row, strict=True)) for row in rows[rows.index(header) + 1 :]]
    assert [row["标题"] for row in shown_there] == [*OTHERS, "甲"]
    own = shown_there[-1]
    assert own["问题描述"] == TEXT
    assert own["提出日期"] == "03/05/2026"


def test_a_workbook_that_it_saved_is_shared_into_without_change(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    save(
        ledger, finding("甲", description=TEXT, item=12, raised_on=PartialDate.parse("2026-03-05"))
    )
    share_ledger(ledger, path)
    folder = tmp_path / "转换"
    folder.mkdir()
    path.write_bytes(converted(path, "xlsx", folder).read_bytes())
    before = path.read_bytes()
    again = share_ledger(ledger, path)
    assert (again.tally.unchanged, again.is_changed) == (1, False)
    assert path.read_bytes() == before
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲", "乙"]
    assert shown(path, SHEET)[0]["问题描述"] == TEXT
