"""The form of a finding: the problem, its rounds of rectification, the reply and the closure."""

from __future__ import annotations

from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.wording import N_

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
        Section(N_("回音与销号"), (("replied_on", "closed_on"), ("reply",))),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
)
