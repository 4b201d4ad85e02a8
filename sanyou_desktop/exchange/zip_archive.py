"""Writing an archive in which the entries that did not change are copied as they are.

``zipfile`` can only compress anew, which changes the bytes and costs the time of every picture in
the workbook. Here the compressed bytes move over untouched, with their time, method and comment.
The record layouts are those of APPNOTE.TXT 6.3, 4.3.7 and 4.3.12; files stay far below the sizes
that need its ZIP64 extensions (``limits``).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from sanyou_desktop.exchange.deflating import Deflated
from sanyou_desktop.exchange.errors import TooLarge
from sanyou_desktop.wording import to_user

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATA_DESCRIPTOR = 0x8
_UTF8_NAME = 0x800
_ZIP64_EXTRA = 1
_VERSION = 20
_UNIX = 3
_MOST_BYTES = 0xFFFF_FFFF
_MOST_ENTRIES = 0xFFFF


@dataclass(frozen=True)
class Entry:
    """One entry as it is stored; ``stored`` is compressed if ``method`` says so.

    Of an entry that is kept, it is a view of the archive that it comes from.
    """

    name: bytes
    flags: int
    method: int
    when: tuple[int, int]
    crc: int
    stored: bytes | memoryview
    size: int
    extra: bytes = b""
    comment: bytes = b""
    made_by: tuple[int, int] = (_UNIX, _VERSION)
    attributes: tuple[int, int] = (0, 0o600 << 16)

    @classmethod
    def kept(cls, data: bytes, info: zipfile.ZipInfo) -> Entry:
        """Take an entry over from the archive whose bytes are ``data``."""
        fields = _LOCAL.unpack_from(data, info.header_offset)
        start = info.header_offset + _LOCAL.size + fields[9] + fields[10]
        encoding = "utf-8" if info.flag_bits & _UTF8_NAME else "cp437"
        return cls(
            name=info.orig_filename.encode(encoding),
            # The sizes are known now and stand in the header, not behind the data.
            flags=info.flag_bits & ~_DATA_DESCRIPTOR,
            method=info.compress_type,
            when=(_dos_time(info), _dos_date(info)),
            crc=info.CRC,
            stored=memoryview(data)[start : start + info.compress_size],
            size=info.file_size,
            extra=_without_zip64(info.extra),
            comment=info.comment,
            made_by=(info.create_system, info.create_version),
            attributes=(info.internal_attr, info.external_attr),
        )

    def with_content(self, pieces: Iterable[bytes | memoryview]) -> Entry:
        """Return this entry holding something else, piece by piece, compressed as it was."""
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        is_deflated = self.method == zipfile.ZIP_DEFLATED
        stored, crc, size = BytesIO(), 0, 0
        for piece in pieces:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            stored.write(packer.compress(piece) if is_deflated else piece)
        if is_deflated:
            stored.write(packer.flush())
        return replace(self, crc=crc, stored=stored.getvalue(), size=size)

    def content(self) -> bytes:
        """Return what an entry of ours holds; not for what somebody else compressed."""
        stored = bytes(self.stored)
        return zlib.decompress(stored, -15) if self.method == zipfile.ZIP_DEFLATED else stored

    @classmethod
    def made(cls, name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Entry:
        """Return a new entry, dated 1980 so that equal content gives equal files."""
        stored = content
        if method == zipfile.ZIP_DEFLATED:
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            stored = packer.compress(content) + packer.flush()
        flags = 0 if name.isascii() else _UTF8_NAME
        when = (0, 1 << 5 | 1)
        return cls(name.encode(), flags, method, when, zlib.crc32(content), stored, len(content))


class ArchiveWriter:
    """An archive that is being written to a file that can be sought in, entry after entry.

    Attributes:
        sums: name, CRC-32 and size of each entry so far.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Begin at the file's beginning."""
        self.sums: list[tuple[str, int, int]] = []
        self._file = file
        self._directory = bytearray()
        self._count = 0
        self._offset = 0

    def add(self, entry: Entry) -> None:
        """Add an entry whose bytes are at hand."""
        self._note(entry, len(entry.stored))
        self._file.write(_local(entry, len(entry.stored)))
        self._file.write(entry.stored)
        self._offset = self._file.tell()

    def leave_room(self, name: str) -> None:
        """Leave room for the header of an entry whose bytes the caller writes behind it."""
        self._file.write(_local(_streamed(name, Deflated(0, 0, 0)), 0))

    def end(self, name: str, made: Deflated) -> None:
        """Write the header of the entry whose bytes now stand behind its room."""
        entry = _streamed(name, made)
        self._note(entry, made.stored)
        end = self._file.tell()
        self._file.seek(self._offset)
        self._file.write(_local(entry, made.stored))
        self._file.seek(end)
        self._offset = end

    def close(self, comment: bytes = b"") -> None:
        """Write the directory; the file itself stays open."""
        size = len(self._directory)
        fields = (b"PK\5\6", 0, 0, self._count, self._count, size, self._offset, len(comment))
        self._file.write(self._directory + _END.pack(*fields) + comment)

    def _note(self, entry: Entry, stored: int) -> None:
        """Add the entry to the directory.

        Raises:
            TooLarge: it is beyond what an archive without the ZIP64 extensions holds.
        """
        if max(entry.size, stored, self._offset) >= _MOST_BYTES or self._count >= _MOST_ENTRIES:
            raise TooLarge(
                to_user(
                    "内容太多，一个工作簿装不下（上限 4 GB），没有写入。请缩短期间，分几次导出。"
                )
            )
        self._directory += _central(entry, stored, offset=self._offset)
        self._count += 1
        self.sums.append((entry.name.decode("utf-8", "replace"), entry.crc, entry.size))


def written(entries: Iterable[Entry], comment: bytes = b"") -> bytes:
    """Return the archive of these entries, in this order."""
    file = BytesIO()
    archive = ArchiveWriter(file)
    for entry in entries:
        archive.add(entry)
    archive.close(comment)
    return file.getvalue()


def _streamed(name: str, made: Deflated) -> Entry:
    return replace(Entry.made(name, b""), crc=made.crc, size=made.size)


def _local(entry: Entry, stored: int) -> bytes:
    fields = _LOCAL.pack(
        b"PK\3\4", _VERSION, entry.flags, entry.method, *entry.when, entry.crc,
        stored, entry.size, len(entry.name), 0,
    )  # fmt: skip
    return fields + entry.name


def _central(entry: Entry, stored: int, offset: int) -> bytes:
    system, version = entry.made_by
    fields = _CENTRAL.pack(
        b"PK\1\2", system << 8 | version, _VERSION, entry.flags, entry.method, *entry.when,
        entry.crc, stored, entry.size, len(entry.name), len(entry.extra),
        len(entry.comment), 0, *entry.attributes, offset,
    )  # fmt: skip
    return fields + entry.name + entry.extra + entry.comment


def _without_zip64(extra: bytes) -> bytes:
    kept = b""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<2H", extra)
        if kind != _ZIP64_EXTRA:
            kept += extra[: 4 + size]
        extra = extra[4 + size :]
    return kept


def _dos_time(info: zipfile.ZipInfo) -> int:
    hour, minute, second = info.date_time[3:]
    return hour << 11 | minute << 5 | second // 2


def _dos_date(info: zipfile.ZipInfo) -> int:
    year, month, day = info.date_time[:3]
    return (max(year, 1980) - 1980) << 9 | month << 5 | day
