"""What an archive stores, entry by entry, as a reader of its bytes sees it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Stored:
    """One entry: its content, and the compressed bytes that stand in the file."""

    content: bytes
    packed: bytes
    when: tuple[int, int, int, int, int, int]
    comment: bytes
    method: int
    attributes: tuple[int, int]


def stored(data: bytes) -> dict[str, Stored]:
    """Return the entries of an archive by name, in their order, each verified by its check sum."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            info.filename: Stored(
                archive.read(info),
                _packed(data, info),
                info.date_time,
                info.comment,
                info.compress_type,
                (info.internal_attr, info.external_attr),
            )
            for info in archive.infolist()
        }


def contents(data: bytes) -> dict[str, bytes]:
    """Return the content of an archive's entries by name."""
    return {name: entry.content for name, entry in stored(data).items()}


def archive_of(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these parts, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    name_length = int.from_bytes(data[info.header_offset + 26 : info.header_offset + 28], "little")
    extra_length = int.from_bytes(data[info.header_offset + 28 : info.header_offset + 30], "little")
    start = info.header_offset + 30 + name_length + extra_length
    return data[start : start + info.compress_size]


def differing(before: bytes, after: bytes) -> set[str]:
    """Return the parts that differ in what is stored of them, or are only in one."""
    old, new = stored(before), stored(after)
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}
