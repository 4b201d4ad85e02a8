"""The card of the shared workbook: where it is, and bringing it up to date."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.sharing.queue import Ended, ShareQueue
from sanyou_desktop.desktop.sharing.scope_dialog import ScopeDialog, scope_in_words
from sanyou_desktop.desktop.sharing.waiting_panel import WaitingPanel
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.button_row import button_row
from sanyou_desktop.desktop.widgets.progress_strip import ProgressStrip
from sanyou_desktop.exchange.share_scope import Scope
from sanyou_desktop.wording import _

WORKBOOKS = "Excel (*.xlsx)"
_STOPPED_SECONDS = 10


class ShareCard(Card):
    """Names the shared workbook of this ledger and shows what becomes of its update.

    The update itself is the window's: the card may be built while one waits.
    """

    def __init__(self, session: Session, queue: ShareQueue) -> None:
        """Have ``queue`` do the work."""
        super().__init__(_("共享表格"))
        self._session = session
        self.queue = queue
        line = _(
            "把本单位的记录写进多个单位共用的一个 Excel 文件。"
            "只改动本单位的行，其他单位的内容原样保留。"
        )
        self.column.addWidget(text_label(line, "muted", wrap=True))
        self.where = text_label("", "caption", wrap=True)
        self.column.addWidget(self.where)
        self.extent = text_label("", "caption", wrap=True)
        self.extent_button = button(_("更改范围…"), self.choose_scope, role="link")
        extent = QHBoxLayout()
        extent.setSpacing(SPACE_2)
        extent.addWidget(self.extent, 1)
        extent.addWidget(self.extent_button)
        self.column.addLayout(extent)
        self.banner = Banner()
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(queue.stop)
        self.waiting = WaitingPanel(queue.try_now, queue.stop)
        for part in (self.banner, self.waiting, self.progress):
            self.column.addWidget(part)
        self.choose_button = button(_("选择共享表格…"), self.choose, icon_name="folder-open")
        self.share_button = button(_("更新共享表格"), self.share, icon_name="share-2")
        self._buttons = QWidget()
        row = button_row(self.choose_button, self.share_button)
        row.setContentsMargins(0, 0, 0, 0)
        self._buttons.setLayout(row)
        self.column.addWidget(self._buttons)
        queue.changed.connect(self._show)
        queue.stepped.connect(self.progress.step)
        queue.ended.connect(self._show_end)
        self._show()

    def choose(self) -> None:
        """Ask which workbook is shared; a new name makes a new one."""
        path = self._session.ask.save_file(
            self, _("选择共享表格"), _("三优共享表格.xlsx"), WORKBOOKS, overwrite=False
        )
        if path is not None:
            path = path if path.suffix else path.with_suffix(".xlsx")
            self._session.preferences.keep_shared_workbook(self._session.path, path)
            self._show_where()

    def choose_scope(self) -> None:
        """Ask which kinds and which period are shared, from now on."""
        asked = ScopeDialog(self.window(), self._scope())
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def keep() -> None:
            options = asked.scope.options()
            self._session.preferences.keep_share_scope(self._session.path, options)
            self._show_where()

        asked.accepted.connect(keep)
        asked.open()

    def share(self) -> None:
        """Bring the shared workbook up to date, now or when it is free."""
        path = self._shared()
        if path is None:
            self.choose()
            path = self._shared()
        if path is not None:
            self.banner.hide()
            self.queue.share(path, self._scope())

    def _shared(self) -> Path | None:
        kept = self._session.preferences.shared_workbook(self._session.path)
        return Path(kept) if kept else None

    def _scope(self) -> Scope:
        return Scope.from_options(self._session.preferences.share_scope(self._session.path))

    def _show(self) -> None:
        self._show_where()
        self.waiting.show_waiting(self.queue.waiting)
        is_free = self.queue.path is None
        for made in (self.choose_button, self.share_button, self.extent_button):
            made.setEnabled(is_free)
        # What waits has buttons of its own.
        self._buttons.setVisible(self.queue.waiting is None)
        if self.queue.is_running:
            self.progress.begin(_("正在更新共享表格"))
        else:
            self.progress.end()

    def _show_end(self, ended: Ended) -> None:
        if ended.tone == "good":
            self.banner.show_file(ended.text, ended.path)
        else:
            seconds = _STOPPED_SECONDS if ended.tone == "info" else 0
            self.banner.show_message(ended.text, ended.tone, seconds=seconds)

    def _show_where(self) -> None:
        path = self._shared()
        self.where.setText(
            _("共享表格：{path}").format(path=path) if path else _("还没有选择共享表格。")
        )
        self.extent.setText(_("范围：{scope}").format(scope=scope_in_words(self._scope())))
