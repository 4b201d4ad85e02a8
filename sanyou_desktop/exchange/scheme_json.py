"""A named list as JSON, whole: the format of the lists that are shipped and of those users share.

``resources/schemes/README.md`` describes it. What belongs to one ledger (number, unit, department,
person, status, attachments, marks) is no part of a list that others may use.
"""

from __future__ import annotations

from sanyou_desktop.exchange.errors import NotAList
from sanyou_desktop.exchange.json_file import LARGEST as LARGEST
from sanyou_desktop.exchange.json_file import json_text, read_ours
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import value_of
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import to_user

FORMAT, VERSION = "sanyou-list", 1
# The ending of files that users share; a plain .json is read as well.
ENDING = ".sanyou-list.json"
_ABOUT = frozenset({"format", "version", "key"})
_KEPT = (
    "title",
    "use",
    "source",
    "announced_count",
    "themes",
    "tags",
    "purpose",
    "notes",
    "entries",
)


def to_json(scheme: Scheme) -> str:
    """Return the file's text; entries keep their keys and their places."""
    written: dict[str, Json] = {"format": FORMAT, "version": VERSION}
    whole = scheme.to_json()
    for key in _KEPT:
        field = Draft.of(scheme).declared.fields[key]
        if not field.is_empty(value_of(scheme, key)):
            written[key] = whole[key]
    rows = written.get("entries")
    if isinstance(rows, list):
        written["entries"] = [_without_blanks(row) for row in rows]
    return json_text(written)


def from_json(data: bytes, name: str, unit: str) -> Scheme:
    """Return the list in a file's bytes as a new record of ``unit``; ``name`` is for messages.

    Raises:
        NotAList, NewerFormat, TooLarge, Unsupported: with the reason, and the field.
    """
    wrong = NotAList(
        to_user("{name} 不是清单文件，没有读入。请选择由「导出为文件」得到的文件。").format(
            name=name
        )
    )
    given = read_ours(data, name, (FORMAT, VERSION), wrong)
    raw = {key: value for key, value in given.items() if key not in _ABOUT}
    unknown = [key for key in raw if key not in _KEPT]
    if unknown:
        raise NotAList(
            to_user("{name} 里有不认得的内容「{key}」，没有读入。请核对文件是否被改动过。").format(
                name=name, key=unknown[0][:60]
            )
        )
    try:
        record = Draft.from_json("scheme", raw, unit).accepted()
    except Invalid as invalid:
        raise NotAList(
            to_user("{name} 里的清单有误，没有读入：{problem}").format(
                name=name, problem=invalid.problems[0]
            )
        ) from invalid
    assert isinstance(record, Scheme)
    return record


def _without_blanks(row: Json) -> Json:
    assert isinstance(row, dict)
    # By identity: a target of 0 is not blank.
    return {
        key: value
        for key, value in row.items()
        if value is not None and value is not False and value != ""
    }
