"""The form of a named list: what it is for, where it comes from, its entries."""

from __future__ import annotations

from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import N_, _


def _known(draft: Draft) -> str:
    try:
        record = draft.accepted()
    except Invalid:
        return ""
    assert isinstance(record, Scheme)
    known = len(record.known)
    if not record.incomplete:
        return _("共 {count} 项，已全部录入").format(count=known)
    if record.announced_count is None:
        return _("待补充：已录 {known} 项，公布项数不详").format(known=known)
    return _("待补充：公布 {count} 项，已录 {known} 项").format(
        count=record.announced_count, known=known
    )


def _waits_for(record: Record) -> tuple[str, bool]:
    """Say in the head that entries are still to be found."""
    assert isinstance(record, Scheme)
    if not record.incomplete:
        return "", False
    return _("待补充：还缺 {count} 项").format(count=record.missing()), False


DESIGN = Design(
    Scheme.kind,
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("use", "announced_count"),
                ("source",),
                ("status", "number"),
                ("themes",),
            ),
        ),
        Section(N_("条目"), (("entries",),), _known, bare=True),
        Section(N_("用途说明"), (("purpose",),), bare=True),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("department", "person"), ("tags", "confidential"), ("notes",))),
    ),
    hint=_waits_for,
)
