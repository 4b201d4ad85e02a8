"""复查: an inspection again, of only what was flagged."""

from __future__ import annotations

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import problem
from sanyou_desktop.wording import _, in_source_language

_LONGEST_TITLE = 300


def reinspection(inspection: Inspection, planned_on: PartialDate) -> Inspection:
    """Return a new inspection of the failed items alone, each to be judged afresh.

    Raises:
        Invalid: it is not saved yet, or no item failed, so that there is nothing to look at again.
    """
    flagged = tuple(item.fresh() for item in inspection.items if item.result == "fail")
    if not inspection.id:
        raise Invalid((problem(inspection, "id", _("检查还没有保存，请先保存再复查")),))
    if not flagged:
        message = _("这次检查没有不合格的项目，不需要复查")
        raise Invalid((problem(inspection, "items", message),))
    return Inspection(
        unit=inspection.unit,
        title=_title(inspection.title),
        themes=inspection.themes,
        department=inspection.department,
        person=inspection.person,
        confidential=inspection.confidential,
        scheme=inspection.scheme,
        planned_on=planned_on,
        previous=inspection.id,
        inspected_unit=inspection.inspected_unit,
        place=inspection.place,
        inspectors=inspection.inspectors,
        items=flagged,
    )


def flagged_before(inspection: Inspection, previous: Inspection) -> dict[str, Item]:
    """Return the failed items of the one before that are looked at again, by the new row's key.

    Rows get keys of their own when they are carried forward, so that they are known by their words.
    """
    failed = [item for item in previous.items if item.result == "fail"]
    found: dict[str, Item] = {}
    for item in inspection.items:
        same = next((one for one in failed if _words(one) == _words(item)), None)
        if same is not None:
            failed.remove(same)
            found[item.key] = same
    return found


def _words(item: Item) -> tuple[str, str, str]:
    return item.item, item.follow_through, item.standard


@in_source_language()
def _title(former: str) -> str:
    mark = _("（复查）")
    if former.endswith(mark):
        return former
    return former[: _LONGEST_TITLE - len(mark)] + mark
