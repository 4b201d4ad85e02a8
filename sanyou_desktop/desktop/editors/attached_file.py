"""One attached file: its thumbnail, its icon, a copy to open or to keep elsewhere."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QImageReader
from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.withheld import may_write
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.ledger.attachments import Holder
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Json
from sanyou_desktop.wording import _

Failed = Callable[[Exception], None]


def load_thumbnail(
    session: Session,
    sha256: str,
    size: QSize,
    show: Callable[[QImage], None],
    *,
    owner: QObject,
    failed: Failed,
) -> None:
    """Make a thumbnail in the background; ``show`` gets a null image for what is no picture."""
    session.jobs.read(
        lambda ledger: thumbnail(ledger.attachments.read(sha256), size),
        show,
        owner=owner,
        failed=failed,
    )


def open_copy(session: Session, name: str, sha256: str, *, owner: QObject, failed: Failed) -> None:
    """Open a copy of the file in the program that belongs to it.

    The copy is for this user alone (0700), and goes when the program ends.
    """
    session.jobs.read(
        lambda ledger: _temporary_copy(ledger, name, sha256),
        lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        owner=owner,
        failed=failed,
    )


def thumbnail(content: bytes, size: QSize) -> QImage:
    """Return the picture scaled down, turned as its camera says (EXIF orientation).

    It has twice the pixels, for screens that show them.
    """
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid():
        reader.setScaledSize(whole.scaled(size * 2, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def files_of(mime: QMimeData) -> list[Path]:
    """Return the files that were copied or dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def png(image: QImage) -> bytes:
    """Return the picture as a file's content."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes str
    return bytes(held.data())


def save_copy(
    parent: QWidget,
    session: Session,
    raw: dict[str, Any],
    target: Path,
    *,
    told: Callable[[str], None],
    failed: Failed,
) -> None:
    """Write the file of an attachment's row to ``target``, and note it in the log.

    One that belongs to a record with a mark of secrecy is asked about first. ``told`` gets what to
    say of a file that could not be noted, else "".
    """
    sha256 = str(raw["sha256"])

    def ask(holders: list[Holder]) -> None:
        marked = sum(one.confidential for one in holders)
        if may_write(parent, session, marked, target.name):
            session.jobs.read(
                lambda ledger: _write_out(ledger, sha256, target, holders),
                told,
                owner=parent,
                failed=failed,
            )

    session.jobs.read(
        lambda ledger: ledger.attachments.holders(sha256), ask, owner=parent, failed=failed
    )


def _write_out(ledger: Ledger, sha256: str, target: Path, holders: list[Holder]) -> str:
    from sanyou_desktop.desktop.sharing.noted import unnoted
    from sanyou_desktop.ledger.exports import Outgoing

    content = ledger.attachments.read(sha256)
    with replacing(target) as unfinished:
        unfinished.write_bytes(content)
    told = _("附件已另存为 {path}。").format(path=target)
    outgoing = Outgoing("file", str(target.resolve()), result=told)
    outgoing.confidential = sum(one.confidential for one in holders)
    for one in holders:
        outgoing.add(one.id, one.revision)
    reason = unnoted(ledger.path, outgoing)
    return told + reason if reason else ""


def is_picture(raw: dict[str, Json]) -> bool:
    """Tell whether an attachment's row names a picture."""
    return str(raw.get("media_type") or "").startswith("image/")


def icon_of(raw: dict[str, Json]) -> str:
    """Return the icon for an attachment's row."""
    media = str(raw.get("media_type") or "")
    if is_picture(raw):
        return "image"
    if "sheet" in media or "excel" in media:
        return "file-spreadsheet"
    return "file-text" if media.startswith("text/") or "word" in media else "file"


def size_in_words(size: Json) -> str:
    """Return a number of bytes as people read it; "" if it is not known."""
    number = float(str(size)) if size not in (None, "") else 0.0
    if number >= 1024 * 1024:
        return f"{number / 1024 / 1024:.1f} MB"
    return f"{number / 1024:.0f} KB" if number else ""


def _temporary_copy(ledger: Ledger, name: str, sha256: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sanyou-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / (os.path.basename(name) or "attachment")
    path.write_bytes(ledger.attachments.read(sha256))
    return path
