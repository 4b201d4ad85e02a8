"""With the unit: what a superior sent back is read and becomes findings to be put right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.session import Session
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.sent_back import SentBack
from sanyou_desktop.wording import _

Tell = Callable[[str, str], None]


def take_back(parent: QWidget, session: Session, tell: Tell) -> None:
    """Ask for the file and take it in; ``tell`` gets a text and a tone."""
    from sanyou_desktop.desktop.errors import explain
    from sanyou_desktop.exchange.return_file import ENDING, read_return

    patterns = _("退回意见 (*{ending})").format(ending=ENDING)
    path = session.ask.open_file(parent, _("导入退回意见"), patterns)
    if path is None:
        return
    unit = session.unit_code

    def read(chosen: Path = path) -> SentBack:
        return read_return(chosen, unit)

    session.jobs.run(
        lambda _progress: read(),
        lambda found: _take(parent, session, found, tell),
        owner=parent,
        failed=lambda error: tell(explain(error), "bad"),
    )


def _take(parent: QWidget, session: Session, sent_back: SentBack, tell: Tell) -> None:
    from sanyou_desktop.desktop.errors import explain
    from sanyou_desktop.exchange.return_file import take_return

    def done(changes: Changes) -> None:
        count = len(changes.ids)
        if not count:
            tell(_("这份退回意见以前已经导入，没有新的内容。"), "info")
            return
        tell(
            _(
                "{superior}退回 {period} 上报的 {count} 条意见已成为待整改的问题，"
                "在「今日」和「问题整改」里办理；改好后请重新导出上报工作簿。"
            ).format(superior=sent_back.superior_name, period=sent_back.period, count=count),
            "good",
        )

    session.operations.run(
        lambda ledger: take_return(ledger, sent_back),
        owner=parent,
        done=done,
        failed=lambda error: tell(explain(error), "bad"),
    )
