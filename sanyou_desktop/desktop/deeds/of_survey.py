"""What one can do with a survey, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.table_deeds import TABLE_DEEDS
from sanyou_desktop.wording import N_

DEEDS: tuple[Deed, ...] = (
    Deed(
        "tally",
        N_("唱票录入…"),
        "list-checks",
        "sanyou_desktop.desktop.surveys.tally_dialog:open_tally",
        awaited=lambda survey: survey.status == "draft",
    ),
)
PAGE_DEEDS: tuple[Deed, ...] = TABLE_DEEDS
