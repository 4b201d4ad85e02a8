"""The workbooks that a roll-up is to read: files, and whatever lies in folders."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.model.incoming import Place
from sanyou_desktop.wording import _

_WORKBOOKS = (".xlsx", ".xlsm")
# What somebody may have saved a report as, who did not know that it cannot be read so.
_OTHER_TABLES = (".xls", ".et", ".ods")

LeaveOut = Callable[[Place, str], None]


def workbooks(paths: Sequence[Path], leave_out: LeaveOut) -> list[Path]:
    """Return the workbooks, each once, in the order of their names.

    Hidden files, and what office programs leave beside an open file, are passed over. ``leave_out``
    is told of what cannot be looked at, and of tables that are no workbooks.
    """
    found: dict[str, Path] = {}
    for path in paths:
        inside = _inside(path, leave_out) if os.path.isdir(path) else [path]
        found |= {os.path.realpath(one): one for one in inside}
    return sorted(found.values(), key=lambda path: (path.name, str(path)))


def size_of(path: Path) -> int:
    """Return the size of a file in bytes, 0 if it is no longer there."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex, "" if it cannot be read: that is told later."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _inside(folder: Path, leave_out: LeaveOut) -> list[Path]:
    unread: list[OSError] = []
    every = list(_files(folder, unread.append))
    found = [path for path in every if path.suffix.lower() in _WORKBOOKS]
    for error in unread:
        leave_out(
            Place(os.path.basename(error.filename or folder)),
            _(
                "文件夹读不了（{reason}），里面的文件没有接收。请检查权限和网络连接后再汇总。"
            ).format(reason=reason_of(error)),
        )
    for path in every:
        if path.suffix.lower() in _OTHER_TABLES:
            leave_out(
                Place(path.name),
                _("不是 .xlsx 工作簿，没有读取。请让填报单位发来导出的原件，不另存为别的格式。"),
            )
    if not found and not unread:
        leave_out(Place(folder.name), _("文件夹里没有 .xlsx 工作簿。"))
    return found


def _files(folder: Path, unread: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the files in a folder and below it; what cannot be looked into is told of."""
    for place, below, names in os.walk(folder, onerror=unread):
        below[:] = [name for name in below if not _is_hidden(name)]
        yield from (Path(place, name) for name in names if not _is_hidden(name))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
