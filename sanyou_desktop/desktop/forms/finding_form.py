"""The form of a finding: the problem, its rounds of rectification, the reply and the closure."""

from __future__ import annotations

from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.wording import N_


def _is_continuing(draft: Draft) -> bool:
    return draft.typed("status") == "continuing" or bool(draft.typed("continuing_reason"))


def _was_reopened(draft: Draft) -> bool:
    return bool(draft.typed("reopenings"))


def _was_urged(draft: Draft) -> bool:
    return bool(draft.typed("slips"))


DESIGN = Design(
    "finding",
    (
        Section(
            N_("问题"),
            (
                ("title",),
                ("source", "severity"),
                ("raised_on", "raised_by"),
                ("place", "status"),
                ("description",),
                ("inspection", "item"),
                ("against",),
                ("themes",),
            ),
        ),
        Section(N_("整改要求"), (("department", "person"), ("due_on", "number"), ("measure",))),
        Section(N_("整改过程"), (("rounds",),), bare=True),
        Section(N_("持续整改"), (("continuing_reason",),), bare=True, shown=_is_continuing),
        Section(N_("回音与销号"), (("replied_on", "closed_on"), ("reply",))),
        Section(N_("重开"), (("reopenings",),), bare=True, shown=_was_reopened),
        Section(N_("督办"), (("slips",),), bare=True, shown=_was_urged),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
)
