"""Writing the register's sheets while the tables are written; ``register`` says what they hold."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from typing import BinaryIO

from sanyou_desktop.exchange.cells import cell_markup, column_name
from sanyou_desktop.exchange.deflating import Compressor, Part, joined, opening
from sanyou_desktop.exchange.markup import escaped_content
from sanyou_desktop.exchange.register import (
    FORMAT_VERSION,
    META,
    MOST_IN_CELL,
    Manifest,
    RegisterRow,
    in_cells,
)
from sanyou_desktop.exchange.report_seal import seal_of
from sanyou_desktop.exchange.zip_archive import ArchiveWriter

# Excel's rows of a sheet.
MOST_ROWS = 1_048_576
_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns='
    b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_FOOT = b"</sheetData></worksheet>"
_TEXT = 't="inlineStr"><is><t>'
# A piece of a text may begin or end with white space.
_PIECE = 't="inlineStr"><is><t xml:space="preserve">'
_END = "</t></is></c>"
_JSON_COLUMN = 6
# Facts that are known only when everything else is written.
_TOLD_LAST = 4
_JSON_LETTERS = column_name(_JSON_COLUMN)


class RegisterSheets:
    """Takes register rows; they wait compressed on the disk, because their sum goes before them.

    ``facts`` are those known beforehand; ``told`` completes them.
    """

    def __init__(self, compressor: Compressor, facts: dict[str, str]) -> None:
        """Begin with no row."""
        self._compressor = compressor
        self._facts: dict[str, str | int] = {"format": FORMAT_VERSION, **facts}
        self._manifest = Manifest()
        self._files = ExitStack()
        self._kept: list[tuple[Part, BinaryIO]] = []
        # After the facts, some of which are still to come, and an empty row.
        self._row = len(self._facts) + _TOLD_LAST + 1
        self._begin()

    def close(self) -> None:
        """Give the disk its room back."""
        self._files.close()

    def add(self, row: RegisterRow) -> None:
        """Take in the next row."""
        if self._row == MOST_ROWS:
            self._begin()
            self._row = 0
        self._row += 1
        number = str(self._row)
        self._manifest.add(row)
        hashed = f'<c r="D{number}" {_TEXT}{row.hash}{_END}' if row.hash else ""
        place = ""
        if row.sheet:
            place = (
                f'<c r="E{number}" {_TEXT}{row.sheet}{_END}<c r="F{number}"><v>{row.row}</v></c>'
            )
        if len(row.json) * 2 <= MOST_IN_CELL:
            pieces = f'<c r="{_JSON_LETTERS}{number}" {_TEXT}{escaped_content(row.json)}{_END}'
        else:
            pieces = "".join(
                f'<c r="{column_name(at)}{number}" {_PIECE}{escaped_content(piece)}{_END}'
                for at, piece in enumerate(in_cells(row.json), start=_JSON_COLUMN)
            )
        markup = (
            f'<row r="{number}"><c r="A{number}" {_TEXT}{row.kind}{_END}'
            f'<c r="B{number}" {_TEXT}{row.id}{_END}<c r="C{number}"><v>{row.revision}</v></c>'
            f"{hashed}{place}{pieces}</row>"
        )
        self._kept[-1][0].write(markup.encode())

    def write(self, archive: ArchiveWriter, file: BinaryIO, names: list[str]) -> None:
        """Put the sheets under ``names`` into the archive in ``file``; empty ones where none is.

        They come last: they tell what the other parts are.
        """
        while len(self._kept) < len(names):
            self._begin()
        for name, (part, kept) in zip(names, self._kept, strict=True):
            part.write(_FOOT)
            made = part.close()
            told = b""
            if part is self._kept[0][0]:
                told = self._told({"parts": " ".join(names), "others": seal_of(archive.sums, ())})
            head, opened = opening(_HEAD + told)
            archive.leave_room(name)
            file.write(head)
            kept.seek(0)
            shutil.copyfileobj(kept, file, 1 << 20)
            archive.end(name, joined(opened, made))

    def _begin(self) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the stack
        self._files.enter_context(file)
        self._kept.append((self._compressor.part(file), file))

    def _told(self, package: dict[str, str]) -> bytes:
        """Return the rows of the facts, those of the ``package`` among them."""
        told = self._facts | {"rows": self._manifest.rows, "manifest": self._manifest.text()}
        told |= package
        assert len(told) == len(self._facts) + _TOLD_LAST, told
        rows = (
            b'<row r="%d">%s%s</row>'
            % (
                at,
                cell_markup(b"", f"A{at}", "", key, is_1904=False),
                cell_markup(b"", f"B{at}", "", value, is_1904=False),
            )
            for at, (key, value) in enumerate(told.items(), start=1)
        )
        return b"".join(rows)


def sheets_for(rows: int) -> list[str]:
    """Return the names of the sheets that hold up to so many rows."""
    needed = 1 + max(0, rows + 16 - 1) // MOST_ROWS
    return [META, *(f"{META}_{number}" for number in range(2, needed + 1))]
