"""Putting a report together: what XlsxWriter lays out, with the rows of the tables streamed in.

XlsxWriter makes the whole workbook but for the rows: styles, cover, statistics with their charts,
heads and feet of the tables, print set-up, lists to choose from. That is small whatever the ledger
holds. The rows, which are what takes time, are our own markup (``report_rows``), compressed while
the next are made (``deflating``).

``tests.benchmarks.bench_report`` measures it against XlsxWriter in constant memory for the same
workbook. With 20,000 records (569,600 cells and the register) XlsxWriter took 3.4 times as much of
the processor to write cells made beforehand as the whole export, statistics included, takes from
ledger to disk, and 5.8 times with the making of the cells; a million records took 92 MB. The
bindings of Rust's rust_xlsxwriter write as fast, but take a table whole, with one format a column
and a dictionary of all row heights; our columns mix dates with words, and a million heights are no
stream. zlib is fast enough at level 1 in a thread of its own; isa-l would save a tenth of a second.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

from sanyou_desktop.exchange.deflating import Compressor
from sanyou_desktop.exchange.register_sheet import RegisterSheets
from sanyou_desktop.exchange.report_pictures import (
    Drawing,
    PictureStore,
    drawing_of,
    is_placeholder,
    parts_of,
)
from sanyou_desktop.exchange.report_rows import ROW_NUMBER, MadeRow
from sanyou_desktop.exchange.zip_archive import ArchiveWriter, Entry

_STYLE = re.compile(rb'<c r="[A-Z]+1" s="([0-9]+)"')
_PART = "xl/worksheets/sheet{}.xml"


class Skeleton:
    """The workbook that XlsxWriter made."""

    def __init__(self, made: BytesIO, looks: list[str], shown_in: int) -> None:
        """Read it; the first row of sheet ``shown_in`` (from 1) shows the formats ``looks``."""
        self.archive = zipfile.ZipFile(made)
        found = _STYLE.findall(self.archive.read(_PART.format(shown_in)))
        self.looks = {name: style.decode() for name, style in zip(looks, found, strict=True)}


class ReportFile:
    """The workbook on the disk, part after part."""

    def __init__(self, file: BinaryIO, skeleton: Skeleton, streamed: list[int]) -> None:
        """Write all parts but the sheets ``streamed``, by their place in the workbook from 1."""
        self._file = file
        self._archive = ArchiveWriter(file)
        self._skeleton = skeleton
        left_out = {_PART.format(number) for number in streamed}
        self._drawings: list[tuple[str, Drawing]] = []
        self._drawn = {number: drawing_of(skeleton.archive, number) for number in streamed}
        for drawing in filter(None, self._drawn.values()):
            left_out |= parts_of(drawing)
        for name in skeleton.archive.namelist():
            if name not in left_out and not is_placeholder(name):
                self._archive.add(Entry.made(name, skeleton.archive.read(name)))

    def table(self, compressor: Compressor, number: int, first: int, rows: int) -> TableRows:
        """Begin sheet ``number``, of which so many rows from ``first`` (from 1) are missing."""
        name = _PART.format(number)
        laid_out = self._skeleton.archive.read(name)
        foot = laid_out.index(b'<row r="%d"' % (first + rows))
        self._archive.leave_room(name)
        part = compressor.part(self._file)
        part.write(laid_out[:foot])
        drawing = None
        if drawn := self._drawn[number]:
            drawing = Drawing()
            self._drawings.append((drawn, drawing))

        def end() -> None:
            part.write(laid_out[foot:])
            self._archive.end(name, part.close())

        return TableRows(part.write, end, first, drawing)

    def finish(
        self, register: RegisterSheets, numbers: list[int], pictures: PictureStore | None = None
    ) -> None:
        """Write the pictures, the register's sheets and the directory."""
        for name, drawing in self._drawings:
            drawing.write(self._archive, name)
        if pictures is not None:
            pictures.write(self._archive)
        register.write(self._archive, self._file, [_PART.format(number) for number in numbers])
        self._archive.close()


class TableRows:
    """A sheet whose rows are being written.

    Attributes:
        drawing: takes the pictures of the rows, None for a sheet without.
    """

    def __init__(
        self,
        write: Callable[[bytes], None],
        end: Callable[[], None],
        first: int,
        drawing: Drawing | None = None,
    ) -> None:
        """Write rows from number ``first`` on."""
        self.drawing = drawing
        self._write = write
        self.end = end
        self._next = first

    def add(self, made: MadeRow) -> int:
        """Write the next row; return its number, from 1."""
        number = self._next
        self._next += 1
        spelt = b"%d" % number
        cells = made.markup.replace(ROW_NUMBER, spelt)
        self._write(b'<row r="%b" ht="%g" customHeight="1">%b</row>' % (spelt, made.height, cells))
        return number
