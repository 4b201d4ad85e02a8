"""Export into the shared workbook (共享表格): this unit's rows, and nothing else in the file.

The whole is an edit of the package's parts: what is not this unit's keeps its exact bytes. Two
units that export at the same time both land: a lock beside the file, and a comparison before it is
replaced, with another try where it changed meanwhile.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sanyou_desktop.exchange.errors import CannotWrite, FileBusy, Unsupported
from sanyou_desktop.exchange.limits import read_file
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.report_workbook import make_empty
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.exchange.share_scope import EVERYTHING, Scope
from sanyou_desktop.exchange.shared_lock import Lock, lock_for
from sanyou_desktop.exchange.shared_secrets import Remain
from sanyou_desktop.exchange.shared_sheet import Tally
from sanyou_desktop.exchange.shared_strings import forget
from sanyou_desktop.exchange.shared_tables import SharedTables
from sanyou_desktop.exchange.shared_update import Progress, Update, empty_confidential
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.ledger.writer_lock import Held
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.wording import _, in_source_language, to_user

_WAIT_SECONDS = 30.0
_TRIES = 5
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Shared:
    """What an export into the shared workbook did; its text is for the user.

    ``outgoing`` is for the log of the ledger (``ledger.exports``). ``remains`` says where else in
    the file something stands of records that became confidential.
    """

    tally: Tally
    is_changed: bool
    kept: Path | None
    outgoing: Outgoing
    remains: tuple[Remain, ...] = ()

    def __str__(self) -> str:
        """Return one sentence."""
        told = self._counts()
        if not self.is_changed:
            told = _("没有变化（本单位 {count} 行），文件未动。").format(count=self.tally.unchanged)
        if self.tally.edited_by_hand:
            told += _(
                "其中 {count} 行在表格里被人改过，已按台账更新；改过的样子在 {kept}。"
            ).format(count=self.tally.edited_by_hand, kept=self.kept.name if self.kept else "")
        if self.tally.below_total:
            told += _(
                "新增的行有 {count} 行写在合计行下面，合计公式没有算上它们。"
                "请用 Excel 或 WPS 打开，把合计行移到最后，再改公式的范围。"
            ).format(count=self.tally.below_total)
        if self.tally.not_in_ledger:
            told += _("另有 {count} 行是本单位的、但不在这本台账里，没有改动。").format(
                count=self.tally.not_in_ledger
            )
        if self.tally.left:
            told += _("另有 {count} 行不在所选期间，保持原样。").format(count=self.tally.left)
        if self.tally.undated:
            told += _("台账里有 {count} 条没有填日期，不属于任何期间，没有更新。").format(
                count=self.tally.undated
            )
        if self.tally.copies:
            told += _(
                "另有 {count} 行像是复制出来的（记录标识与本单位的另一行相同），未按台账更新。"
            ).format(count=self.tally.copies)
        if self.tally.unnamed:
            told += _("有 {count} 行提到有密级的记录，其中的名称已隐去。").format(
                count=self.tally.unnamed
            )
        if self.remains:
            told += _(
                "撤回的有密级记录，其文字还留在：{places}（旁边的上一版里也可能有）。"
                "这些内容程序不改动。请用 Excel 或 WPS 打开，刷新数据透视表和图表，"
                "删去这些文字后保存，并删去上一版。"
            ).format(places=_("、").join(map(str, self.remains)))
        return told

    def _counts(self) -> str:
        return _(
            "新增 {added} 行，更新 {changed} 行，撤回 {withdrawn} 行，未变 {same} 行。"
        ).format(
            added=self.tally.added,
            changed=self.tally.changed,
            withdrawn=self.tally.withdrawn,
            same=self.tally.unchanged,
        )


def share_ledger(
    ledger: Ledger,
    path: Path,
    progress: Progress | None = None,
    *,
    scope: Scope = EVERYTHING,
    patience: float = _WAIT_SECONDS,
) -> Shared:
    """Bring this unit's rows in the workbook at ``path`` up to date, making it if it is absent.

    Records of other units and confidential ones stay at home. Rows of records that ``scope``
    leaves out stay as they are, unless they became confidential: those are emptied in any case.
    ``progress`` is told rows done and in all, and may raise to cancel: nothing is written then.
    The version before is kept beside the file, without what became confidential since. Where
    nothing differs, the file is not written. Another unit that is writing is waited for
    ``patience`` seconds.

    Raises:
        ExchangeError: with the reason; what was at ``path`` is as it was.
    """
    if not path.parent.is_dir():
        raise CannotWrite(
            to_user("文件夹 {path} 不存在，没有写入。请检查网络连接，或另选位置。").format(
                path=path.parent
            )
        )
    if path.is_dir():
        raise CannotWrite(
            to_user("{path} 是文件夹，不是共享表格，没有写入。请在后面写上文件名。").format(
                path=path
            )
        )
    # A link would be replaced by the file itself.
    path = path.resolve() if path.is_symlink() else path
    lock = _locked(path, patience)
    try:
        clear_leftovers(path)
        clear_leftovers(_beside(path))
        for _again in range(_TRIES):
            outgoing = Outgoing("share", str(path.resolve()), scope.options())
            done = _attempt(ledger, path, scope, outgoing, progress)
            if done is not None:
                outgoing.result = str(done)
                return done
    finally:
        lock.release()
    raise FileBusy(
        to_user("{name} 一直在被别人改动，没有写入，文件未变。请稍后再试。").format(name=path.name)
    )


def _locked(path: Path, patience: float) -> Lock:
    try:
        return lock_for(path, patience)
    except Held as error:
        raise FileBusy(
            to_user("{name} 正在被另一个单位写入，没有写入，文件未变。请稍后再试。").format(
                name=path.name
            ),
            who=to_user("另一个单位"),
        ) from error
    except OSError as error:
        raise CannotWrite(
            to_user("写不进 {path}（{reason}），原文件未变。请检查磁盘空间和文件夹权限。").format(
                path=path, reason=reason_of(error)
            )
        ) from error


def _attempt(
    ledger: Ledger, path: Path, scope: Scope, outgoing: Outgoing, progress: Progress | None
) -> Shared | None:
    """Return what was done, None if the file changed while it was being worked on."""
    check_not_open(path)
    before = _read(path)
    data = _empty(ledger, path) if before is None else before
    made, tally, remains = _updated(data, path.name, ledger, scope, outgoing, progress)
    if before is not None and made is before:
        return Shared(tally, False, None, outgoing, remains)
    kept = None if before is None else _beside(path)
    if kept is not None and before is not None:
        with replacing(kept) as temporary:
            temporary.write_bytes(
                _without_confidential(before, path, ledger)
                if tally.emptied or tally.unnamed
                else before
            )
    try:
        with replacing(path) as temporary:
            _write_through(temporary, made)
            check_not_open(path)
            _require_unchanged(path, before)
    except _Changed:
        return None
    return Shared(tally, True, kept, outgoing, remains)


def _updated(
    data: bytes,
    name: str,
    ledger: Ledger,
    scope: Scope,
    outgoing: Outgoing,
    progress: Progress | None,
) -> tuple[bytes, Tally, tuple[Remain, ...]]:
    """Return the workbook brought up to date, ``data`` itself where nothing differs; and the rest.

    The rest is what was done, and where else something of confidential records stands.

    What was unpacked for it is given back on leaving.
    """
    with in_source_language():
        package = Package(data, name)
        parts = WorkbookParts(package)
        update = Update(parts, ledger, scope, outgoing, progress)
        tally = update.carry_out()
    return package.to_bytes(), tally, tuple(update.remains)


def _without_confidential(before: bytes, path: Path, ledger: Ledger) -> bytes:
    """Return the version before; only confidential records and their names are taken out."""
    with in_source_language():
        package = Package(before, path.name)
        parts = WorkbookParts(package)
        tables = SharedTables(parts)
        for kind in REPORTED:
            empty_confidential(parts, tables, ledger, kind)
        forget(parts, parts.forgotten)
    return package.to_bytes()


def _beside(path: Path) -> Path:
    """Return where the version before is kept."""
    return path.with_name(f"{path.stem}.上一版{path.suffix}")


class _Changed(Exception):
    """The file is no longer what was read."""


def _write_through(path: Path, content: bytes) -> None:
    """Write to the disk itself: what then remains between comparing and replacing is short."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _require_unchanged(path: Path, before: bytes | None) -> None:
    if not _holds(path, before):
        raise _Changed


def _holds(path: Path, before: bytes | None) -> bool:
    """Tell whether a file is there with that content, or not there for None."""
    try:
        with path.open("rb") as file:
            return before is not None and all(
                file.read(_CHUNK) == before[at : at + _CHUNK]
                for at in range(0, len(before) + 1, _CHUNK)
            )
    except FileNotFoundError:
        return before is None


def _read(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except FileNotFoundError:
        return None


def _empty(ledger: Ledger, target: Path) -> bytes:
    if target.suffix.lower() != ".xlsx":
        raise Unsupported(
            to_user("新建的共享表格须是 .xlsx 文件，没有写入。请把 {name} 改名为 .xlsx。").format(
                name=target.name
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.xlsx"
        make_empty(path, ledger)
        return path.read_bytes()
