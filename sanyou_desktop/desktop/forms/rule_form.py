"""The form of a rule: its number and dates, its text, or the collection it stands for."""

from __future__ import annotations

from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.model.document_number import corrected
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.wording import N_, _


def _collection(draft: Draft) -> str:
    try:
        record = draft.accepted()
    except Invalid:
        return ""
    assert isinstance(record, Rule)
    known, count = len(record.titles), record.announced_count
    if count is not None:
        return _("公布 {count} 项，已录名称 {known} 项，还有 {rest} 项名称未录").format(
            count=count, known=known, rest=count - known
        )
    return _("未公布项数，已录名称 {known} 项").format(known=known) if record.collection else ""


def _number(draft: Draft) -> str:
    typed = str(draft.typed("doc_number") or "").strip()
    better = corrected(typed)
    if better is None:
        return ""
    return _("发文字号按公文格式应写作 {number}，请核对").format(number=better)


DESIGN = Design(
    "rule",
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("doc_number", "genre"),
                ("category", "status"),
                ("department", "person"),
                ("number", "version"),
                ("themes",),
            ),
            _number,
        ),
        Section(
            N_("制定与施行"),
            (
                ("approved_by", "approved_on"),
                ("issued_on", "effective_on"),
                ("review_by", "repealed_on"),
                ("joint_issuers",),
                ("replaces",),
                ("basis",),
                ("interpreter",),
            ),
        ),
        Section(N_("成套制度"), (("collection", "announced_count"), ("titles",)), _collection),
        Section(N_("复审记录"), (("reviews",),), bare=True),
        Section(N_("正文"), (("text",),), bare=True),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
)
