"""转问题: a failed item of an inspection becomes a finding that keeps its link to the item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import problem, row_problem
from sanyou_desktop.wording import _, in_source_language

_LONGEST_TITLE = 120
_LONGEST_NAMES = 100


def raised(inspection: Inspection, index: int, findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that was raised from the item in row ``index`` (from 0), None if none.

    One that knows no row key, because it was entered by hand, is found by the row's place.
    """
    key = inspection.items[index].key
    for finding in findings:
        if finding.inspection != inspection.id:
            continue
        if finding.item_key == key if finding.item_key else finding.item == index:
            return finding
    return None


def finding_of(inspection: Inspection, index: int, today: PartialDate) -> Finding:
    """Return the finding of the failed item in row ``index`` (from 0).

    Args:
        inspection: as saved, because the finding refers to it.
        index: of the item.
        today: the day of raising where the inspection has none.

    Raises:
        Invalid: the inspection is not saved yet, or the item did not fail.
    """
    item = inspection.items[index]
    if not inspection.id:
        raise Invalid((problem(inspection, "id", _("检查还没有保存，请先保存再转问题")),))
    if item.result != "fail":
        message = _("只有不合格的项目才能转为问题，请先把结果改为「不合格」")
        raise Invalid((row_problem(inspection, "items", index, "result", message),))
    return Finding(
        unit=inspection.unit,
        title=_title(item, index),
        themes=inspection.themes,
        department=inspection.inspected_unit or inspection.department,
        confidential=inspection.confidential,
        source="inspection",
        inspection=inspection.id,
        item=index,
        item_key=item.key,
        place=inspection.place,
        description=_description(item),
        severity="critical" if item.veto else "minor",
        raised_on=inspection.inspected_on or today,
        raised_by=_names(inspection.inspectors),
    )


def findings_due(
    inspection: Inspection, findings: Iterable[Finding], today: PartialDate
) -> Iterator[Finding]:
    """Yield a finding for each failed item that has none yet among ``findings``."""
    known = tuple(findings)
    for index, item in enumerate(inspection.items):
        if item.result == "fail" and raised(inspection, index, known) is None:
            yield finding_of(inspection, index, today)


@in_source_language()
def _title(item: Item, index: int) -> str:
    what = item.item or _("检查项目第 {number} 项").format(number=index + 1)
    text = _("{item}：{problem}").format(item=what, problem=item.remark or _("不合格"))
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"


@in_source_language()
def _description(item: Item) -> str:
    count = item.occurrences
    told = (
        (_("检查项目：{text}"), item.item),
        (_("落实：{text}"), item.follow_through),
        (_("标准：{text}"), item.standard),
        (_("存在问题：{text}"), item.remark),
        (_("共 {text} 处"), str(count) if count else ""),
    )
    return "\n".join(line.format(text=text) for line, text in told if text)


@in_source_language()
def _names(inspectors: tuple[str, ...]) -> str:
    """Return as many of the inspectors as the field takes, the first ones first."""
    shown = ""
    for name in inspectors:
        longer = _("{names}、{name}").format(names=shown, name=name) if shown else name
        if len(longer) > _LONGEST_NAMES:
            break
        shown = longer
    return shown
