"""What one can do with a pledge, and on the page of them."""

from __future__ import annotations

from datetime import date

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.table_deeds import TABLE_DEEDS
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.wording import N_

_STEPS = "sanyou_desktop.desktop.pledges.steps"


def _is_ending(pledge: Pledge) -> bool:
    # Start-up is measured, and nothing is asked before a pledge is shown.
    from sanyou_desktop.model.pledge_life import is_ending

    return is_ending(pledge, date.today())


def _is_published(pledge: Pledge) -> bool:
    return pledge.status == "published"


DEEDS: tuple[Deed, ...] = (
    Deed(
        "publish",
        N_("公示…"),
        "send",
        f"{_STEPS}:publish",
        offered=lambda pledge: pledge.status == "draft",
        awaited=lambda _pledge: True,
    ),
    Deed(
        "fulfil",
        N_("登记履行…"),
        "clipboard-check",
        f"{_STEPS}:fulfil",
        offered=lambda pledge: _is_published(pledge) and bool(pledge.clauses),
        awaited=lambda pledge: not _is_ending(pledge),
    ),
    Deed(
        "renew",
        N_("续期"),
        "refresh-cw",
        f"{_STEPS}:renew",
        offered=lambda pledge: _is_published(pledge) and pledge.valid_until is not None,
        awaited=_is_ending,
    ),
    Deed(
        "print_notice",
        N_("打印公示牌…"),
        "printer",
        f"{_STEPS}:print_notice",
        writes=False,
        # What has a secrecy mark is not hung on a wall.
        offered=lambda pledge: pledge.status != "ended" and not pledge.confidential,
    ),
    Deed("end", N_("终止…"), "circle-x", f"{_STEPS}:end", offered=_is_published),
)
PAGE_DEEDS: tuple[Deed, ...] = (
    Deed(
        "from_list",
        N_("按清单新建…"),
        "list-checks",
        "sanyou_desktop.desktop.schemes.beginning:begin_pledge",
        begins=True,
    ),
    *TABLE_DEEDS,
)
