"""The file in which a superior sends a report back, and which the unit's program takes in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.json_file import LARGEST, json_text, read_ours
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.replacing import known_file_errors
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import Json, Refused, Rows, fields_of
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.sent_back import SentBack
from sanyou_desktop.model.submission import Submission
from sanyou_desktop.wording import _

FORMAT, VERSION = "sanyou-sent-back", 1
ENDING = ".sanyou-return.json"
_TEXTS = (
    "id",
    "number",
    "superior",
    "superior_name",
    "unit",
    "unit_name",
    "period",
    "file_name",
)


class NotAReturn(ExchangeError):
    """The file says nothing that a superior sends back."""


def write_return(path: Path, sent_back: SentBack) -> None:
    """Write the file; it appears whole or not at all.

    Raises:
        CannotWrite, FileBusy: what was at ``path`` is as it was.
    """
    content: dict[str, Json] = {"format": FORMAT, "version": VERSION}
    content |= {key: getattr(sent_back, key) for key in _TEXTS}
    content["report"] = sent_back.version
    content["returned_on"] = str(sent_back.returned_on or "")
    content["comments"] = _comments().write(sent_back.comments)
    with replacing(path) as temporary:
        temporary.write_text(json_text(content), encoding="utf-8")


def read_return(path: Path, unit: str) -> SentBack:
    """Return what a file sends back to ``unit``.

    Raises:
        NotAReturn: it is no such file, is damaged, or is for another unit.
        TooLarge, NewerFormat, Unsupported, LedgerError: likewise with the reason.
    """
    with known_file_errors(path), path.open("rb") as file:
        data = file.read(LARGEST + 1)
    wrong = NotAReturn(
        _("{name} 不是退回意见文件，没有读入。请选择上级发来的退回意见文件（{ending}）。").format(
            name=path.name, ending=ENDING
        )
    )
    given = read_ours(data, path.name, (FORMAT, VERSION), wrong)
    texts = {key: _text(given.get(key)) for key in _TEXTS}
    if not texts["id"] or not texts["unit"]:
        raise wrong
    if texts["unit"] != unit:
        raise NotAReturn(
            _(
                "{name} 是退给「{other}」（{code}）的，不是本单位的，没有读入。"
                "请核对文件，或在那个单位的台账里导入。"
            ).format(name=path.name, other=texts["unit_name"] or "?", code=texts["unit"])
        )
    fields = fields_of(Submission)
    try:
        comments = _comments().read(given.get("comments"))
        day = fields["returned_on"].read(given.get("returned_on"))
        version = fields["version"].read(given.get("report") or None)
    except Refused as refused:
        raise NotAReturn(
            _("{name} 里的退回意见有误，没有读入：{reason}。请让上级重新导出一份。").format(
                name=path.name, reason=refused.faults[0].message
            )
        ) from refused
    return SentBack(**texts, version=version or 0, returned_on=day, comments=comments)


def take_return(ledger: Ledger, sent_back: SentBack) -> Changes:
    """Save a finding for each comment that was not taken in before, all of them or none.

    One that was deleted since stays deleted.

    Raises:
        Invalid, LedgerError: nothing was saved.
    """
    new = new_findings(ledger, sent_back)
    if not new:
        return Changes()
    return ledger.save_many(new, _("导入 {count} 条退回意见").format(count=len(new)))


def new_findings(ledger: Ledger, sent_back: SentBack) -> list[Finding]:
    """Return the findings of the comments that were not taken in before."""
    about = (ledger.get(comment.record) for comment in sent_back.comments if comment.record)
    kinds = {one.id: one.kind for one in about if one is not None and not one.deleted_at}
    every = sent_back.findings(ledger.unit, kinds)
    new = (finding for finding in every if ledger.get(finding.id) is None)
    # Its title is that of the record which it is about.
    return [replace(one, confidential=ledger.mark_of_origins(one)) for one in new]


def _comments() -> Rows:
    field = fields_of(Submission)["comments"]
    assert isinstance(field, Rows)
    return field


def _text(given: Json) -> str:
    return given[:300] if isinstance(given, str) else ""
