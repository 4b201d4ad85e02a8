"""The form of an inspection: who inspected whom by which list, item by item, with its score."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.editors.rows_model import RawRow
from sanyou_desktop.desktop.forms.design import Design, Related, Section
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Refused, Rows, fields_of
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.scoring import item_score, outcome, places_of
from sanyou_desktop.wording import N_, _


def _score(draft: Draft) -> str:
    items = _items(draft)
    if not items:
        return ""
    found = outcome(items)
    parts = [_("共 {count} 项").format(count=len(items))]
    if found.rate is not None:
        parts.append(
            _("得分 {points} / {base}（{rate}%）").format(
                points=plain(found.points), base=plain(found.base), rate=plain(found.rate)
            )
        )
    if found.failed:
        parts.append(_("不合格 {count} 项").format(count=found.failed))
    if found.applicable < len(items):
        parts.append(_("不适用 {count} 项").format(count=len(items) - found.applicable))
    if found.vetoed:
        parts.append(_("一票否决：整体不合格"))
    return " · ".join(parts)


def _verified(draft: Draft) -> str:
    """Return the verified score beside the unit's own, once every item is judged."""
    items = _items(draft)
    found = outcome(items)
    if found.converted is None or found.judged < len(items):
        return ""
    score = {"score": plain(found.converted), "full": plain(found.full)}
    told = _("核定得分 {score} / {full}").format(**score)
    try:
        own = draft.declared.fields["self_score"].read(draft.typed("self_score"))
    except Refused:
        return told
    if not isinstance(own, Decimal):
        return told
    apart = found.converted - own
    if not apart:
        return _("{verified}，与自评一致").format(verified=told)
    text = (
        _("{verified}，比自评高 {apart} 分") if apart > 0 else _("{verified}，比自评低 {apart} 分")
    )
    return text.format(verified=told, apart=plain(abs(apart)))


def _items(draft: Draft) -> tuple[Item, ...]:
    """Return the items as typed, () if they cannot be read."""
    base = draft.base
    if "items" not in draft.raw and isinstance(base, Inspection):
        # Reading 200 of them anew takes longer than all else that is shown.
        return base.items
    field = draft.declared.fields["items"]
    assert isinstance(field, Rows)
    try:
        return tuple(field.read(draft.typed("items")))
    except Refused:
        return ()


def _prepare(editors: Mapping[str, Editor]) -> None:
    """Work out an item's score from its deductions; where there are none it is typed."""
    items = editors["items"]
    assert isinstance(items, RowsEditor)
    items.compute("score", _item_score, when=_is_computed)


def _is_computed(row: RawRow) -> bool:
    item = _item(row)
    return item is not None and item.deduction is not None and places_of(item) is not None


def _item_score(row: RawRow) -> str:
    item = _item(row)
    score = None if item is None else item_score(item)
    return "" if score is None else plain(score)


def _item(row: RawRow) -> Item | None:
    """Return what was typed as an item, None while something in it cannot be read."""
    fields = fields_of(Item)
    try:
        return Item(**{key: field.read(row.get(key)) for key, field in fields.items()})
    except Refused:
        return None


DESIGN = Design(
    Inspection.kind,
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("scheme", "status"),
                ("planned_on", "inspected_on"),
                ("inspected_unit", "place"),
                ("inspectors",),
                ("number",),
                ("themes",),
            ),
        ),
        Section(N_("检查项目"), (("items",),), _score, bare=True),
        Section(N_("结论"), (("self_score", "person"), ("conclusion",)), _verified),
        Section(N_("计划与复查"), (("plan", "previous"),)),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("department", "confidential"), ("tags",), ("notes",))),
    ),
    _prepare,
    related=(
        Related("finding", "inspection", N_("已转问题 {count} 条")),
        Related("inspection", "previous", N_("已复查 {count} 次")),
    ),
)
