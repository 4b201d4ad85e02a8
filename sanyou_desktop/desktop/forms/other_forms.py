"""The forms of surveys, activities, units and rounds."""

from __future__ import annotations

from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.survey import Survey
from sanyou_desktop.wording import N_, _


def _rates(draft: Draft) -> str:
    try:
        record = draft.accepted()
    except Invalid:
        return ""
    assert isinstance(record, Survey)
    parts = []
    returned, satisfied = record.return_rate(), record.satisfaction_rate()
    index = record.satisfaction_index()
    if returned is not None:
        parts.append(_("回收率 {rate}%（收回 ÷ 发出）").format(rate=plain(returned)))
    if satisfied is not None:
        content = (
            _("满意率 {rate}%（很满意、满意之和 ÷ 已评价）")
            if record.basic_excluded
            else _("满意率 {rate}%（很满意、满意、基本满意之和 ÷ 已评价）")
        )
        parts.append(content.format(rate=plain(satisfied)))
    if index is not None:
        weights = "/".join(plain(weight) for weight in record.index_weights())
        parts.append(
            _("满意度指数 {index}（按 {weights} 加权）").format(index=plain(index), weights=weights)
        )
    return " · ".join(parts)


SURVEY = Design(
    Survey.kind,
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("held_on", "method"),
                ("respondents", "status"),
                ("department", "person"),
                ("themes",),
            ),
        ),
        Section(
            N_("统计"),
            (
                ("distributed", "returned"),
                ("very_satisfied", "satisfied", "basically_satisfied"),
                ("dissatisfied", "not_rated"),
                ("weights", "basic_excluded"),
            ),
            _rates,
        ),
        Section(N_("意见建议"), (("suggestions",),), bare=True),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("number", "confidential"), ("tags",), ("notes",))),
    ),
)
ACTIVITY = Design(
    Activity.kind,
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("category", "status"),
                ("started_on", "ended_on"),
                ("department", "person"),
                ("participants",),
                ("themes",),
            ),
        ),
        Section(N_("情况说明"), (("narrative",),), bare=True),
        Section(N_("数量与金额"), (("quantities",), ("amount",))),
        Section(N_("成效"), (("outcome",),), bare=True),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("number", "confidential"), ("tags",), ("notes",))),
    ),
)
UNIT = Design(
    "unit",
    (
        Section(
            N_("基本信息"),
            (
                ("name",),
                ("code", "level"),
                ("superior", "division"),
                ("aliases",),
                ("contact", "phone"),
                ("status", "number"),
            ),
        ),
        Section(N_("领导小组"), (("leading_group",),), bare=True),
        Section(
            N_("其他"),
            (("department", "person"), ("themes",), ("tags", "confidential"), ("notes",)),
        ),
        Section(N_("附件"), (("attachments",),), bare=True),
    ),
)
ROUND = Design(
    "round",
    (
        Section(N_("基本信息"), (("name",), ("from", "to"), ("status", "number"), ("themes",))),
        Section(N_("其他"), (("department", "person"), ("tags", "confidential"), ("notes",))),
        Section(N_("附件"), (("attachments",),), bare=True),
    ),
)
