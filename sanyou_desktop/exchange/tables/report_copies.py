"""Our own report among the sheets of a file: what each record was when the report was made."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sanyou_desktop.exchange.register import META, Manifest, RegisterRow
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.model.merging import Content


class ReportCopies:
    """The register of a report, if the file has one.

    Attributes:
        is_report: the file is a report of ours.
        is_whole: the register is as it was written; if not, nothing is known of any record.
    """

    def __init__(self, grids: Iterable[Grid]) -> None:
        """Read the register sheets among ``grids``."""
        sheets = {grid.name: grid for grid in grids if grid.name.startswith(META)}
        self.is_report = META in sheets
        self.is_whole = False
        self._rows: dict[str, RegisterRow] = {}
        self._kinds: dict[str, str] = {}
        if self.is_report:
            self._read([sheets[name] for name in _in_order(sheets)])

    def kind_of_sheet(self, name: str) -> str:
        """Return the kind whose records a sheet shows, "" if the register does not say."""
        return self._kinds.get(name, "")

    def content(self, record_id: str) -> Content | None:
        """Return what a record was when the report was made, None if that is not known."""
        row = self._rows.get(record_id)
        if row is None or not self.is_whole:
            return None
        try:
            found = json.loads(row.json)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def _read(self, sheets: list[Grid]) -> None:
        facts: dict[str, str] = {}
        manifest = Manifest()
        for sheet in sheets:
            for line in sheet.lines:
                cells = [line.cells.get(at, "") for at in range(max(line.cells) + 1)]
                if len(cells) == 2:
                    facts[cells[0]] = cells[1]
                    continue
                try:
                    row = RegisterRow.from_cells(cells)
                except (ValueError, OverflowError):
                    continue
                manifest.add(row)
                self._rows[row.id] = row
                if row.sheet:
                    self._kinds[row.sheet] = row.kind
        self.is_whole = manifest.text() == facts.get("manifest")


def _in_order(sheets: Iterable[str]) -> list[str]:
    return sorted(sheets, key=lambda name: (len(name), name))
