"""The card of the shared workbook: where it is, and bringing it up to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.sharing.noted import noted
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.widgets.button_row import button_row
from sanyou_desktop.wording import _

WORKBOOKS = "Excel (*.xlsx)"
Run = Callable[[str, Callable[[Progress], str], Path, str], None]


class ShareCard(Card):
    """Names the shared workbook of this ledger and writes this unit's rows into it."""

    def __init__(self, session: Session, run: Run) -> None:
        """Begin long work by ``run``: title, work, the file, and the words that tell it is done."""
        super().__init__(_("共享表格"))
        self._session = session
        self._run = run
        line = _(
            "把本单位的记录写进多个单位共用的一个 Excel 文件。"
            "只改动本单位的行，其他单位的内容原样保留。"
        )
        self.column.addWidget(text_label(line, "muted", wrap=True))
        self.where = text_label("", "caption", wrap=True)
        self.column.addWidget(self.where)
        self.choose_button = button(_("选择共享表格…"), self.choose, icon_name="folder-open")
        self.share_button = button(_("更新共享表格"), self.share, icon_name="share-2")
        self.column.addLayout(button_row(self.choose_button, self.share_button))
        self._show_where()

    def choose(self) -> None:
        """Ask which workbook is shared; a new name makes a new one."""
        path = self._session.ask.save_file(
            self, _("选择共享表格"), _("三优共享表格.xlsx"), WORKBOOKS, overwrite=False
        )
        if path is not None:
            path = path if path.suffix else path.with_suffix(".xlsx")
            self._session.preferences.keep_shared_workbook(self._session.path, path)
            self._show_where()

    def share(self) -> None:
        """Bring the shared workbook up to date in the background."""
        path = self._shared()
        if path is None:
            self.choose()
            path = self._shared()
        if path is None:
            return
        target, source = path, self._session.path

        def work(progress: Progress) -> str:
            from sanyou_desktop.exchange.sharing import share_ledger
            from sanyou_desktop.ledger.ledger import Ledger

            with Ledger.open(source, read_only=True) as ledger:
                done = share_ledger(ledger, target, progress=progress)
            return noted(source, done.outgoing)

        self._run(_("正在更新共享表格"), work, target, _("已更新 {name}：{result}"))

    def _shared(self) -> Path | None:
        kept = self._session.preferences.shared_workbook(self._session.path)
        return Path(kept) if kept else None

    def _show_where(self) -> None:
        path = self._shared()
        self.where.setText(
            _("共享表格：{path}").format(path=path) if path else _("还没有选择共享表格。")
        )
