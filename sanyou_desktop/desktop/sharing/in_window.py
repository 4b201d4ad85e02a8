"""The queue of the shared workbook as the window sees it: taken up, told of, left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanyou_desktop.desktop.sharing.queue import Ended, ShareQueue
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow

_PAGE = "upward"


def queue_of(window: MainWindow) -> ShareQueue:
    """Return a queue that tells how it ended wherever in the window the user is by then."""
    queue = ShareQueue(window.session, window)

    def told(ended: Ended) -> None:
        if ended.had_waited and not _sees_card(window):
            _show(window, ended.text, ended.tone)

    queue.ended.connect(told)
    window.closing.connect(queue.rest)
    return queue


def resume(window: MainWindow) -> None:
    """Go on with what the window before was waiting for, and say so if it must wait on."""
    session = window.session
    if session.preferences.queued_share(session.path) is None:
        return
    queue = window.sharing

    def tell() -> None:
        waiting = queue.waiting
        if queue.is_running:
            return
        queue.changed.disconnect(tell)
        if waiting is not None and not _sees_card(window):
            words = _("{name} 仍写不进，上次排队的更新继续等候。")
            _show(window, words.format(name=waiting.path.name), "info")

    queue.resume()
    queue.changed.connect(tell)


def may_leave(window: MainWindow, queue: ShareQueue) -> bool:
    """Ask before a ledger is left whose update was not written yet."""
    path = queue.path
    if path is None:
        return True
    words = _(
        "{name} 的更新还没有写入。\n\n"
        "现在离开这本台账，更新会留在队列里，下次打开这本台账时自动继续；在那以前，"
        "其他单位看不到本单位的这次更新。"
    )
    return window.session.ask.confirm(window, words.format(name=path.name), _("离开，下次继续"))


def _sees_card(window: MainWindow) -> bool:
    return window.stack.currentWidget() is window.pages.get(_PAGE)


def _show(window: MainWindow, text: str, tone: str) -> None:
    window.banner.show_message(text, tone, action=_("查看"), run=lambda: window.go(_PAGE))
