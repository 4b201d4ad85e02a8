"""退回意见: what a superior wants put right in a report, and the findings it becomes with the unit.

A comment becomes a finding (source: superior), because it is one: raised by somebody, due by a
day, put right, looked at by another person and answered. No kind of task beside it would be
followed up as well, and it stands in Today until it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.identity import derived_id
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.submission import Comment, Submission
from sanyou_desktop.wording import _, in_source_language

_TITLE = 40


@dataclass(frozen=True)
class SentBack:
    """A report that is sent back.

    Attributes:
        id: of the submission in the superior's ledger; its comments have keys of their own.
        number: its number in the superior's register (登记号).
        superior, superior_name: who sends it back.
        unit, unit_name: whose report it is.
        period: in words.
        version: which of the unit's reports of that period; 0 if nobody knows.
    """

    id: str
    number: str
    superior: str
    superior_name: str
    unit: str
    unit_name: str
    period: str
    version: int
    file_name: str
    returned_on: PartialDate | None
    comments: tuple[Comment, ...]

    @classmethod
    def of(cls, submission: Submission, superior_name: str) -> SentBack:
        """Return what goes back to the unit about a submission, in Chinese."""
        with in_source_language():
            period = submission.period.in_words()
        return cls(
            id=submission.id,
            number=submission.number,
            superior=submission.unit,
            superior_name=superior_name,
            unit=submission.reporter,
            unit_name=submission.reporter_name,
            period=period,
            version=submission.version or 0,
            file_name=submission.file_name,
            returned_on=submission.returned_on,
            comments=submission.comments,
        )

    def findings(self, unit: str, kinds: Mapping[str, str]) -> list[Finding]:
        """Return a finding a comment, each with the same id whenever it is made.

        ``kinds`` are those of the unit's records by id, as far as comments speak of them: the
        finding then refers to the record, be it the inspection or what the problem breaks too.
        """
        with in_source_language():
            return [self._finding(unit, comment, kinds) for comment in self.comments]

    def _finding(self, unit: str, comment: Comment, kinds: Mapping[str, str]) -> Finding:
        report = _("{superior}退回 {period} 上报（登记号 {number}）").format(
            superior=self.superior_name, period=self.period, number=self.number
        )
        about = comment.about or comment.text
        title = about if len(about) <= _TITLE else about[:_TITLE] + "…"
        lines = [comment.text, _("涉及：{about}").format(about=comment.about), report]
        kind = kinds.get(comment.record, "")
        return Finding(
            id=derived_id(self.id, comment.key),
            unit=unit,
            title=_("上报退回：{what}").format(what=title),
            source="superior",
            description="\n".join(lines if comment.about else [lines[0], lines[2]]),
            raised_on=self.returned_on,
            raised_by=self.superior_name[:100],
            due_on=comment.due_on,
            inspection=comment.record if kind == "inspection" else "",
            against=comment.record if kind in ("pledge", "rule") else "",
            concerns=comment.record if kind in REPORTED else "",
            tags=(_("上报退回"),),
        )
