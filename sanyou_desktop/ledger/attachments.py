"""Files that belong to records: their bytes lie in the ledger, once each, under their hash.

A record's ``attachments`` rows name a file and its hash; the bytes are added before the record is
saved. What no record, none of its earlier revisions and no draft names any more is swept away.
"""

from __future__ import annotations

import hashlib
import mimetypes
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sanyou_desktop.ledger.connection import atomic
from sanyou_desktop.ledger.elsewhere import is_elsewhere
from sanyou_desktop.ledger.errors import BadFile, LedgerDamaged, known_errors
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.model.fields import new_key, stamp
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.record import Attachment
from sanyou_desktop.wording import _

LARGEST = 200 * 1024 * 1024
UNKNOWN_TYPE = "application/octet-stream"
_PIECE = 1024 * 1024
_KEPT_UNREFERRED = timedelta(days=1)
_LONGEST_NAME = 255
# How files begin, for names that lie or say nothing: a photo pasted from the clipboard has none.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)
# What offices attach; the machine's own list differs from one to the next.
_BY_NAME = {
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".et": "application/vnd.ms-excel",
    ".ofd": "application/ofd",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".wps": "application/vnd.ms-works",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Attachments:
    """The contents kept in one ledger."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        """Work on an open ledger."""
        self._conn = conn

    def add(self, source: Path | bytes, name: str) -> Attachment:
        """Keep a file's bytes and return the row for a record to name them by.

        The same bytes are kept once, however often and under whatever names they are added.

        Raises:
            BadFile: it is missing, a folder, empty, unreadable, or larger than ``LARGEST``.
            LedgerError: it cannot be written; the ledger is as it was.
        """
        shown = _clean_name(name)
        met = _measure(source, shown)
        with known_errors(), atomic(self._conn):
            if not self._renewed(met.sha256):
                self._write(source, shown, met)
        return Attachment(
            key=new_key(),
            name=shown,
            sha256=met.sha256,
            size=met.size,
            media_type=met.media_type,
        )

    def _renewed(self, sha256: str) -> bool:
        """Tell whether the bytes are there; then they are as new, since no record has them yet."""
        sql = "UPDATE attachment SET added_at = ? WHERE sha256 = ?"
        return self._conn.execute(sql, (stamp(), sha256)).rowcount > 0

    def _write(self, source: Path | bytes, name: str, met: _Met) -> None:
        """Copy the bytes piece by piece, so that a large file needs no memory of its size."""
        row = self._conn.execute(
            "INSERT INTO attachment (sha256, size, media_type, added_at, content) "
            "VALUES (?, ?, ?, ?, zeroblob(?))",
            (met.sha256, met.size, met.media_type, stamp(), met.size),
        ).lastrowid
        assert row is not None
        found = hashlib.sha256()
        written = 0
        with self._conn.blobopen("attachment", "content", row) as blob:
            for piece in _pieces(source, name):
                written += len(piece)
                if written > met.size:
                    break
                found.update(piece)
                blob.write(piece)
        if written != met.size or found.hexdigest() != met.sha256:
            raise BadFile(
                _("「{name}」在添加时被改动，没有添加。请关闭正在写它的程序后重试。").format(
                    name=name
                )
            )

    def has(self, sha256: str) -> bool:
        """Tell whether the bytes are here; those of other units' records are with these units."""
        with known_errors():
            sql = "SELECT 1 FROM attachment WHERE sha256 = ?"
            return self._conn.execute(sql, (sha256,)).fetchone() is not None

    def read(self, sha256: str) -> bytes:
        """Return the bytes under a hash, having checked that they are still those.

        Raises:
            BadFile: there are none.
            LedgerDamaged: they are no longer what was added.
        """
        with known_errors():
            sql = "SELECT content FROM attachment WHERE sha256 = ?"
            row = self._conn.execute(sql, (sha256,)).fetchone()
        if row is None and is_elsewhere(self._conn, sha256):
            raise BadFile(
                _("这个附件的原件在填报单位，没有随表报来。需要查看时，请向填报单位索取。")
            )
        if row is None:
            raise BadFile(_("台账中没有这个附件的内容。请从备份恢复，或重新添加这个附件。"))
        content = bytes(row[0])
        if hashlib.sha256(content).hexdigest() != sha256:
            raise LedgerDamaged(
                _("附件的内容已损坏，没有打开。请从备份恢复，或删除后重新添加这个附件。")
            )
        return content

    def holders(self, sha256: str) -> list[Holder]:
        """Return the records that have the file attached, those in the recycle bin included."""
        with known_errors():
            return [
                Holder(*row)
                for kind in KINDS
                for row in self._conn.execute(
                    f"SELECT id, revision, ifnull(confidential, '') <> '' FROM \"{kind}\" "
                    "WHERE instr(attachments, ?)",
                    (sha256,),
                )
            ]

    def sweep(self, now: datetime | None = None) -> int:
        """Remove what nothing refers to and was added over a day ago; return how many files.

        History refers too: an earlier revision can be restored with its files.
        """
        before = stamp((now or datetime.now(UTC)) - _KEPT_UNREFERRED)
        with known_errors(), atomic(self._conn):
            sql = "SELECT sha256 FROM attachment WHERE added_at < ?"
            old = {row[0] for row in self._conn.execute(sql, (before,))}
            # A hash that stands anywhere in a history row or draft keeps its file.
            lost = old - self._referred() if old else set()
            self._conn.executemany(
                "DELETE FROM attachment WHERE sha256 = ?", [(sha256,) for sha256 in sorted(lost)]
            )
        return len(lost)

    def _referred(self) -> set[str]:
        found = self._conn.execute(
            "SELECT item.value FROM history, json_tree(history.content) AS item "
            "WHERE item.key = 'sha256' AND instr(history.content, '\"sha256\"') "
            "UNION SELECT item.value FROM draft, json_tree(draft.raw) AS item "
            "WHERE item.key = 'sha256'"
        )
        return {row[0] for row in found}


def media_type_of(content: bytes, name: str) -> str:
    """Return the media type by how the content begins, else by the name."""
    for beginning, media_type in _BEGINNINGS:
        if content.startswith(beginning):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    ending = Path(name).suffix.lower()
    return _BY_NAME.get(ending) or mimetypes.types_map.get(ending, UNKNOWN_TYPE)


@dataclass(frozen=True)
class Holder:
    """A record that has a file attached, and whether it has a mark of secrecy."""

    id: str
    revision: int
    confidential: bool


@dataclass(frozen=True)
class _Met:
    """What a first reading of the bytes tells."""

    sha256: str
    size: int
    media_type: str


def _measure(source: Path | bytes, name: str) -> _Met:
    found = hashlib.sha256()
    size = 0
    beginning = b""
    for piece in _pieces(source, name):
        beginning = beginning or piece[:16]
        found.update(piece)
        size += len(piece)
        if size > LARGEST:
            raise BadFile(
                _("「{name}」超过 {limit} MB，没有添加。请压缩后再添加，或只写明存放处。").format(
                    name=name, limit=LARGEST // (1024 * 1024)
                )
            )
    if size == 0:
        raise BadFile(_("「{name}」是空文件，没有添加。请检查文件内容。").format(name=name))
    return _Met(found.hexdigest(), size, media_type_of(beginning, name))


def _pieces(source: Path | bytes, name: str) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield from (source[at : at + _PIECE] for at in range(0, len(source), _PIECE))
        return
    if source.is_dir():
        raise BadFile(_("「{name}」是文件夹，没有添加。请选择文件，或先压缩。").format(name=name))
    try:
        with source.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except FileNotFoundError as error:
        raise BadFile(
            _("找不到「{name}」，没有添加。文件可能已被移动或删除，请重新选择。").format(name=name)
        ) from error
    except OSError as error:
        raise BadFile(
            _("读不出「{name}」（{reason}），没有添加。请检查权限，或先复制到本机。").format(
                name=name, reason=reason_of(error)
            )
        ) from error


def _clean_name(name: str) -> str:
    """Return a file name that any system can show and save: no folders, no control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    stem, dot, ending = kept.strip().rpartition(".")
    if not dot:
        return (ending or _("附件"))[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"[:_LONGEST_NAME]
