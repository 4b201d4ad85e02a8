"""From files or a folder to the preview: read in the background, nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.rollup.lines import Line, lines_of_reports
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.rollup import RolledUp


_TOLD_SECONDS = 20


@dataclass(frozen=True)
class _Rehearsed:
    found: RolledUp
    lines: list[Line]


def choose_files(parent: QWidget, session: Session, work: LongWork) -> None:
    """Ask for report workbooks and go on to their preview."""
    paths = session.ask.open_files(
        parent, _("选择各单位的上报工作簿"), _("上报工作簿 (*.xlsx *.xlsm)")
    )
    if paths:
        rehearse(parent, session, work, paths)


def choose_folder(parent: QWidget, session: Session, work: LongWork) -> None:
    """Ask for a folder of them."""
    folder = session.ask.open_folder(parent, _("选择存放上报工作簿的文件夹"))
    if folder is not None:
        rehearse(parent, session, work, [folder])


def rehearse(parent: QWidget, session: Session, work: LongWork, paths: Sequence[Path]) -> None:
    """Read the files and show what taking them would do."""
    source = session.path

    def look(progress: Progress) -> _Rehearsed:
        from sanyou_desktop.exchange.rollup import roll_up

        # Beside the two lanes of the ledger: what is typed meanwhile is saved, and lists are read.
        with Ledger.open(source, read_only=True) as ledger:
            found = roll_up(ledger, paths, rehearsal=True, progress=progress)
            names = {file.unit: file.unit_name for file in found.files}
            codes = {row.unit for row in found.preview.rows}
            # Thousands of lines are put into words here, not while the window waits.
            names |= ledger.unit_names(codes)
            return _Rehearsed(found, lines_of_reports(found.preview, names))

    def done(seen: _Rehearsed) -> None:
        from sanyou_desktop.desktop.rollup.preview_dialog import RollupPreview

        preview = RollupPreview(parent, session, paths, seen.found, seen.lines)
        preview.taken.connect(lambda found: _tell(session, work, found))
        show(preview)

    work.run(
        _("正在读取上报工作簿"),
        look,
        done,
        cancelled=_("已取消，台账没有改动。"),
    )


def _tell(session: Session, work: LongWork, found: RolledUp) -> None:
    """Say what was taken: where it can be taken back, in place of the short words of that."""
    if found.changes.token:
        session.operations.acted.emit(_told(found))
    else:
        work.banner.show_message(_told(found), "good", seconds=_TOLD_SECONDS)


def _told(found: RolledUp) -> str:
    left = len(found.preview.left_out)
    words = _("已汇总 {files} 份：{counts}。").format(files=len(found.files), counts=found.preview)
    return words + (_("另有 {count} 项没有接收。").format(count=left) if left else "")
