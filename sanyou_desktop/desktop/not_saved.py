"""How it is told that nothing was saved: why, and that what was entered is still there."""

from __future__ import annotations

from collections.abc import Callable

from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.wording import _


def tell_not_saved(banner: Banner, error: Exception) -> None:
    """Say why it was not saved."""
    told = _("没有保存：{error}").format(error=explain(error))
    banner.show_message("\n".join((told, _("您填写的内容还在这里。"))), "bad")


def tell_changed_elsewhere(
    banner: Banner, error: Conflict, offer: str, rebase: Callable[[], object]
) -> None:
    """Say that the record is another one by now, and offer to put what was entered on that."""
    told = _("{error}您填写的内容还在这里。").format(error=error)
    banner.show_message(told, "warn", action=offer, run=rebase)
