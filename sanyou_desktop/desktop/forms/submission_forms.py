"""The forms of what is asked of units, and of what one of them handed in."""

from __future__ import annotations

from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission import Submission
from sanyou_desktop.wording import N_, _


def _owing(draft: Draft) -> str:
    try:
        request = draft.accepted()
    except Invalid:
        return ""
    assert isinstance(request, ReportRequest)
    excused = sum(owing.excused for owing in request.units)
    words = _("应报 {count} 个单位").format(count=len(request.units) - excused)
    return words + (_("，免报 {count} 个").format(count=excused) if excused else "")


REQUEST = Design(
    ReportRequest.kind,
    (
        Section(N_("基本信息"), (("title",), ("from", "to"), ("due_on", "status"), ("number",))),
        Section(N_("应报单位"), (("units",),), _owing, bare=True),
        Section(
            N_("其他"),
            (("department", "person"), ("themes",), ("tags", "confidential"), ("notes",)),
        ),
        Section(N_("附件"), (("attachments",),), bare=True),
    ),
)
SUBMISSION = Design(
    Submission.kind,
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("reporter_name", "reporter"),
                ("from", "to"),
                ("received_on", "status"),
                ("number", "version"),
            ),
        ),
        Section(
            N_("报送文件"), (("file_name", "rows"), ("made_at",), ("manifest",), ("attachments",))
        ),
        Section(N_("退回"), (("returned_on",), ("comments",))),
        Section(
            N_("其他"),
            (("department", "person"), ("themes",), ("tags", "confidential"), ("notes",)),
        ),
    ),
)
