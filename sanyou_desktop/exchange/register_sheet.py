"""Writing the register into a workbook; ``register`` says what it holds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sanyou_desktop.exchange.register import FORMAT_VERSION, META, Manifest, RegisterRow

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Excel's rows of a sheet.
MOST_ROWS = 1_048_576


class RegisterSheet:
    """Collects register rows on the disk, because their sum stands before them."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._manifest = Manifest()
        self._kept = tempfile.TemporaryFile(  # noqa: SIM115 - closed on leaving
            "w+", encoding="utf-8", newline="\n"
        )

    def __enter__(self) -> Self:
        """Return the register itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the disk its room back."""
        self._kept.close()

    def add(self, row: RegisterRow) -> None:
        """Take in the next row."""
        self._manifest.add(row)
        self._kept.write(json.dumps(row.cells()) + "\n")

    def write(self, book: Workbook, facts: dict[str, str]) -> None:
        """Write the facts and then all rows, over as many hidden sheets as they need."""
        told: dict[str, str | int] = {"format": FORMAT_VERSION, **facts}
        told |= {"rows": self._manifest.rows, "manifest": self._manifest.text()}
        page, row = _hidden(book, META), 0
        for fact in told.items():
            page.write_row(row, 0, fact)
            row += 1
        row += 1
        number = 1
        for cells in self._rows():
            if row == MOST_ROWS:
                number += 1
                page, row = _hidden(book, f"{META}_{number}"), 0
            page.write_row(row, 0, cells)
            row += 1

    def _rows(self) -> Iterator[list[str | int]]:
        self._kept.seek(0)
        for line in self._kept:
            cells: list[str | int] = json.loads(line)
            yield cells


def _hidden(book: Workbook, name: str) -> Worksheet:
    page: Worksheet = book.add_worksheet(name)
    page.hide()
    return page
