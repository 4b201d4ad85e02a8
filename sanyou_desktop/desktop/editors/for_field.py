"""The map from field type to editor.

To add a field type: a line in ``_MAKERS``; the most special type first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.editors.choice import ChoiceEditor, ChoicesEditor, FlagEditor
from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.editors.number import AmountEditor, NumberEditor
from sanyou_desktop.desktop.editors.reference import ReferenceEditor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Choices,
    Count,
    Date,
    Field,
    Flag,
    Identifier,
    Instant,
    LongText,
    Names,
    Number,
    Reference,
    Rows,
    Text,
)
from sanyou_desktop.model.record import Attachment

_Maker = Callable[[str, Any, Session, str], Editor]

_MAKERS: tuple[tuple[type[Field[Any]], _Maker], ...] = (
    (LongText, lambda _key, _field, _session, _kind: LongTextEditor()),
    (Text, TextEditor),
    (Choice, lambda _key, field, _session, _kind: ChoiceEditor(field)),
    (Choices, lambda _key, field, _session, _kind: ChoicesEditor(field)),
    (Flag, lambda _key, _field, _session, _kind: FlagEditor()),
    (Names, TextEditor),
    (Count, lambda key, field, session, _kind: NumberEditor(key, field, session)),
    (Number, lambda key, field, session, _kind: NumberEditor(key, field, session)),
    (Amount, lambda key, field, session, _kind: AmountEditor(key, field, session)),
    (Date, lambda _key, _field, _session, _kind: DateEditor()),
    (Reference, lambda _key, field, session, _kind: ReferenceEditor(field, session)),
    (Identifier, TextEditor),
    (Instant, TextEditor),
    (Rows, lambda _key, field, session, _kind: _rows(field, session)),
)


def make_editor(key: str, field: Field[Any], session: Session, kind: str = "") -> Editor:
    """Return an editor for the field ``key`` of ``kind``.

    Raises:
        TypeError: the field's type has no editor.
    """
    for declared, make in _MAKERS:
        if isinstance(field, declared):
            return make(key, field, session, kind)
    raise TypeError(f"no editor for {type(field).__name__}")


def _rows(field: Rows, session: Session) -> Editor:
    if field.row is Attachment:
        return AttachmentsEditor(field, session)
    return RowsEditor(field)
