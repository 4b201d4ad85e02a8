"""A ledger in which every kind has a record that must stay, and one beside it that may go.

Whatever is written in a record with a mark holds ``SECRET``, so that a single search through what
left the program tells whether anything of it went along.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

from PIL import Image

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json, LongText, Names, Reference, Rows, Text, fields_of
from sanyou_desktop.model.kinds import KINDS, REPORTED
from sanyou_desktop.model.record import Attachment, Record
from sanyou_desktop.model.unit import Unit
from tests.exchange.report.filled import RECORDS

SECRET = "绝密词"
OPEN = "公开词"
OWN = Unit(code="350300", name="莆田市机关事务管理局")
_DAY: dict[str, dict[str, Json]] = {
    "plan": {"frequency": "once", "starts_on": "2026-03-01"},
    "round": {"from": "2026-01", "to": "2026-12"},
    "request": {"due_on": "2026-07-10", "units": [{"unit": "350301"}]},
    "submission": {"reporter": "350301", "received_on": "2026-07-01"},
    "unit": {"code": "350399"},
}
# What must stay as it is for the record to be accepted, or is told by a mark of its own.
_AS_GIVEN = frozenset(
    {"number", "hotline", "phone", "doc_number", "code", "genre", "version", "unit", "superior"}
    | {"division", "reporter", "key", "clause", "record", "item_key", "manifest", "weights"}
)
# Kinds whose titles are made of other fields by the program itself.
_MADE_TITLES = frozenset({"submission"})


def filled_in(kind: str, word: str, **given: Json) -> Record:
    """Return a record of which every text holds ``word``."""
    raw: dict[str, Json] = {**RECORDS.get(kind, {}), **_DAY.get(kind, {})}
    for key, field in KINDS[kind].fields.items():
        if key in _AS_GIVEN or (key == "title" and kind in _MADE_TITLES):
            continue
        if isinstance(field, Rows) and field.row is not Attachment:
            texts: dict[str, Json] = {
                name: word
                for name, one in fields_of(field.row).items()
                if _is_text(one) and name not in _AS_GIVEN
            }
            rows = raw.get(key) or ([texts] if texts and not field.read_only else [])
            assert isinstance(rows, list)
            raw[key] = [{**row, **texts} if isinstance(row, dict) else row for row in rows]
        elif isinstance(field, Names):
            raw[key] = [f"{word}{key}"]
        elif _is_text(field) and not field.read_only:
            raw[key] = f"{word}{key}"
    return Draft.from_json(kind, {**raw, **given}, unit=OWN.code).accepted()


def make_ledger(path: Path) -> None:
    """Make the ledger.

    For each reference of a kind that is reported, an open record leads to one with a mark.
    """
    with Ledger.create(path, OWN) as ledger:
        photo = replace(ledger.attachments.add(_picture(), f"{SECRET}.png"), caption=SECRET)
        marked: dict[str, str] = {}
        for kind in KINDS:
            made = replace(filled_in(kind, SECRET, confidential="secret"), attachments=(photo,))
            marked[kind] = ledger.save(made).record.id
        for kind in REPORTED:
            ledger.save(filled_in(kind, OPEN))
            for key, field in KINDS[kind].fields.items():
                for target in field.kinds if isinstance(field, Reference) else ():
                    ledger.save(filled_in(kind, OPEN, **{key: marked[target]}))


def texts_in(path: Path) -> str:
    """Return every text that a file holds, names of parts too, whatever it is packed in."""
    if path.suffix == ".pdf":
        told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        return "".join(told.stdout.decode().split())
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [
            name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        ]
    # A word may be cut by markup, and an attribute is no text.
    whole = "\n".join(parts)
    return unescape(re.sub(r"<[^>]*>", "", whole) + whole)


def _is_text(field: object) -> bool:
    return isinstance(field, Text | LongText)


def _picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, "PNG")
    return made.getvalue()
