"""The pictures of a report: small files that wait on the disk, and the drawings that show them.

The parts are those of ECMA-376-1, 20.5 (spreadsheet drawings). A picture is anchored by two corners
of its own cell, so that it moves with the row when the table is sorted and hides with it when the
table is filtered.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.markup import escaped
from sanyou_desktop.exchange.thumbnails import Thumbnail
from sanyou_desktop.exchange.zip_archive import ArchiveWriter, Entry

if TYPE_CHECKING:
    from sanyou_desktop.exchange.photo_cells import Placed

# What reads a report back takes 128 MB and 10,000 parts (``limits``); the tables need theirs.
MOST_PICTURES = 6_000
MOST_BYTES = 64 * 1024 * 1024
_EMU = 9525
_DRAWING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<xdr:wsDr '
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_OF_SHEET = re.compile(r'Target="\.\./drawings/(drawing[0-9]+\.xml)"')
_SHEET_RELATIONS = "xl/worksheets/_rels/sheet{}.xml.rels"

# The smallest JPEG: XlsxWriter, handed it, declares all that a sheet with pictures needs.
PLACEHOLDER = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "ff" * 64 + "ffc0000b08000100010101"
    "1100ffc40014000100000000000000000000000000000003ffc400141001000000000000000000000000"
    "00000000ffda0008010100003f0037ffd9"
)


@dataclass(frozen=True)
class Picture:
    """A picture in the workbook: its number, its pixels."""

    number: int
    width: int
    height: int


class PictureStore:
    """The pictures of one workbook, each once however many records show it."""

    def __init__(self) -> None:
        """Begin with none; they wait in a file without a name."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by ``close``
        self._known: dict[str, Picture] = {}
        self._sizes: list[int] = []
        self._bytes = 0

    def close(self) -> None:
        """Give the disk its room back."""
        self._file.close()

    @property
    def is_full(self) -> bool:
        """Tell whether the workbook takes no more."""
        return len(self._sizes) >= MOST_PICTURES or self._bytes >= MOST_BYTES

    def known(self, sha256: str) -> Picture | None:
        """Return the picture that was made of the file with that hash."""
        return self._known.get(sha256)

    def add(self, sha256: str, small: Thumbnail) -> Picture:
        """Take in a picture."""
        self._file.write(small.jpeg)
        self._sizes.append(len(small.jpeg))
        self._bytes += len(small.jpeg)
        made = Picture(len(self._sizes), small.width, small.height)
        self._known[sha256] = made
        return made

    def write(self, archive: ArchiveWriter) -> None:
        """Put them into the archive, stored as they are: a JPEG does not get smaller."""
        self._file.seek(0)
        for number, size in enumerate(self._sizes, start=1):
            name = f"xl/media/{_name(number)}"
            archive.add(Entry.made(name, self._file.read(size), zipfile.ZIP_STORED))


class Drawing:
    """The pictures of one sheet; its markup, a kilobyte a picture, waits in memory."""

    def __init__(self) -> None:
        """Begin with none."""
        self._anchors: list[str] = []
        self._relations: dict[int, str] = {}

    def add(self, row: int, column: int, placed: tuple[Placed, ...]) -> None:
        """Show pictures in the cell of a row (from 1) and a column (from 0)."""
        for one in placed:
            relation = self._relations.setdefault(
                one.picture.number, f"rId{len(self._relations) + 1}"
            )
            self._anchors.append(_anchor(len(self._anchors) + 1, row - 1, column, one, relation))

    def write(self, archive: ArchiveWriter, name: str) -> None:
        """Put the drawing ``name`` and its relations into the archive."""
        markup = f"{_DRAWING}{''.join(self._anchors)}</xdr:wsDr>"
        relations = "".join(
            f'<Relationship Id="{relation}" Type="{_IMAGE}" Target="../media/{_name(number)}"/>'
            for number, relation in self._relations.items()
        )
        archive.add(Entry.made(f"xl/drawings/{name}", markup.encode()))
        relations = f"{_RELATIONS}{relations}</Relationships>"
        archive.add(Entry.made(f"xl/drawings/_rels/{name}.rels", relations.encode()))


def drawing_of(skeleton: zipfile.ZipFile, sheet: int) -> str:
    """Return the name of the drawing that the skeleton has for a sheet, "" for none."""
    relations = _SHEET_RELATIONS.format(sheet)
    if relations not in skeleton.namelist():
        return ""
    found = _OF_SHEET.search(skeleton.read(relations).decode())
    return found.group(1) if found else ""


def parts_of(drawing: str) -> set[str]:
    """Return the parts of the skeleton that hold a drawing with the placeholder."""
    return {f"xl/drawings/{drawing}", f"xl/drawings/_rels/{drawing}.rels"}


def is_placeholder(part: str) -> bool:
    """Tell whether a part of the skeleton is the placeholder itself: it has no other pictures."""
    return part.startswith("xl/media/")


def _name(number: int) -> str:
    # The ending whose type XlsxWriter declares for the placeholder.
    return f"photo{number}.jpeg"


def _anchor(number: int, row: int, column: int, placed: Placed, relation: str) -> str:
    left, top = placed.left * _EMU, placed.top * _EMU
    wide, high = placed.width * _EMU, placed.height * _EMU
    return (
        '<xdr:twoCellAnchor editAs="twoCell">'
        f"{_corner('from', row, column, left, top)}"
        f"{_corner('to', row, column, left + wide, top + high)}"
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number + 1}" name="Picture {number}" '
        f'descr="{escaped(placed.words)}"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/>'
        f'</xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{relation}"/><a:stretch>'
        "<a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>"
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>'
        "</xdr:twoCellAnchor>"
    )


def _corner(tag: str, row: int, column: int, left: int, top: int) -> str:
    return (
        f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>{left}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{top}</xdr:rowOff></xdr:{tag}>"
    )
