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
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATA_DESCRIPTOR = 0x8
_UTF8_NAME = 0x800
_ZIP64_EXTRA = 1
_VERSION = 20
_UNIX = 3


@dataclass(frozen=True)
class Entry:
    """One entry as it is stored; ``stored`` is compressed if ``method`` says so."""

    name: bytes
    flags: int
    method: int
    when: tuple[int, int]
    crc: int
    stored: bytes
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
            stored=data[start : start + info.compress_size],
            size=info.file_size,
            extra=_without_zip64(info.extra),
            comment=info.comment,
            made_by=(info.create_system, info.create_version),
            attributes=(info.internal_attr, info.external_attr),
        )

    def with_content(self, content: bytes) -> Entry:
        """Return this entry holding something else, compressed as it was."""
        made = Entry.made(self.name.decode("utf-8", "replace"), content, self.method)
        return Entry(
            self.name, self.flags, made.method, self.when, made.crc, made.stored, made.size,
            self.extra, self.comment, self.made_by, self.attributes,
        )  # fmt: skip

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


def written(entries: Iterable[Entry], comment: bytes = b"") -> bytes:
    """Return the archive of these entries, in this order."""
    body = bytearray()
    directory = bytearray()
    count = 0
    for entry in entries:
        directory += _central(entry, offset=len(body))
        body += _local(entry) + entry.stored
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), len(comment))
    return bytes(body + directory + end + comment)


def _local(entry: Entry) -> bytes:
    fields = _LOCAL.pack(
        b"PK\3\4", _VERSION, entry.flags, entry.method, *entry.when, entry.crc,
        len(entry.stored), entry.size, len(entry.name), 0,
    )  # fmt: skip
    return fields + entry.name


def _central(entry: Entry, offset: int) -> bytes:
    system, version = entry.made_by
    fields = _CENTRAL.pack(
        b"PK\1\2", system << 8 | version, _VERSION, entry.flags, entry.method, *entry.when,
        entry.crc, len(entry.stored), entry.size, len(entry.name), len(entry.extra),
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
