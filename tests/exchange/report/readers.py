"""A report as three readers see it that did not write it."""

from __future__ import annotations

import subprocess
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

Shown = dict[str, object]
HEADER_ROW = 3


def by_calamine(path: Path, sheet: str) -> list[Shown]:
    """Return the records of a sheet, by header."""
    page = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    rows = page.to_python(skip_empty_area=False)
    return _records([list(row) for row in rows])


def by_openpyxl(path: Path, sheet: str) -> list[Shown]:
    """Return the same, as another reader sees it."""
    page = load_workbook(path)[sheet]
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
    return _records([[cell.value for cell in row] for row in page.iter_rows()])


def by_libreoffice(path: Path, sheet: str) -> list[Shown]:
    """Return the same, as LibreOffice stores it anew."""
    return by_openpyxl(converted(path, "xlsx"), sheet)


def converted(path: Path, form: str, reader: str = "") -> Path:
    """Let LibreOffice open a workbook, by a ``reader`` of its own, and write it in another form."""
    out = path.parent / f"office-{form}"
    out.mkdir(exist_ok=True)
    profile = (path.parent / "office-profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", form]
    command += [f"--infilter={reader}"] if reader else []
    done = subprocess.run(
        [*command, "--outdir", str(out), str(path)], capture_output=True, timeout=120, check=False
    )
    made = out / f"{path.stem}.{form}"
    assert made.exists(), done.stderr.decode()
    return made


def shown(path: Path, sheet: str) -> list[Shown]:
    """Return what the readers agree on."""
    found = by_calamine(path, sheet)
    assert found == by_openpyxl(path, sheet)
    return found


def meta(path: Path) -> tuple[dict[str, object], list[tuple[object, ...]]]:
    """Return the facts of the hidden register and its rows: kind, id, revision, hash."""
    page = load_workbook(path)["_meta"]
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows()]
    parting = next(at for at, row in enumerate(rows) if not any(row))
    facts: dict[str, object] = {
        str(row[0]): "" if row[1] is None else row[1] for row in rows[:parting]
    }
    return facts, [row[:4] for row in rows[parting + 1 :]]


def _records(rows: list[list[object]]) -> list[Shown]:
    header = rows[HEADER_ROW - 1]
    place = header.index("记录标识")
    below = [row for row in rows[HEADER_ROW:] if row[place]]
    return [{str(name): _plain(row[at]) for at, name in enumerate(header)} for row in below]


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | date) else float(str(value))
