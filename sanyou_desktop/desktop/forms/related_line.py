"""The line below a form's head that names what came of the record: the findings of an inspection.

Each is a link. What it says is read in the background and follows every change.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sanyou_desktop.desktop.forms.design import Related
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_6
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import Choice
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_MOST_NAMED = 6


@dataclass(frozen=True)
class _Found:
    related: Related
    named: tuple[tuple[str, str], ...]  # id and number
    statuses: tuple[str, ...]


class RelatedLine(QWidget):
    """Shows what refers to a record, a line a kind; away while there is nothing.

    Signals:
        opened: the id of a record that the user wants to see.
    """

    opened = Signal(str)

    def __init__(self, related: tuple[Related, ...], session: Session) -> None:
        """Show nothing yet."""
        super().__init__()
        self._related, self._session = related, session
        self._record_id = ""
        self._found: tuple[_Found, ...] = ()
        self._job: Job | None = None
        self.labels = tuple(self._label() for _one in related)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, 0, SPACE_6, SPACE_2)
        column.setSpacing(0)
        for label in self.labels:
            column.addWidget(label)
        self.hide()
        if related:
            session.operations.changed.connect(self._on_changed)
            current.changed.connect(self._tell)

    def _label(self) -> QLabel:
        made = text_label("", "caption", wrap=True)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        made.linkActivated.connect(self.opened)
        return made

    def show_record(self, record: Record) -> None:
        """Read what refers to the record as saved; nothing for one that is new."""
        if record.id != self._record_id:
            self._show(())
        self._record_id = record.id
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted, related = self._record_id, self._related
        if not wanted or not related:
            return
        self._job = self._session.jobs.read(
            lambda ledger: tuple(_find(ledger, one, wanted) for one in related),
            self._show,
            owner=self,
        )

    def _show(self, found: tuple[_Found, ...]) -> None:
        self._found = found
        self._tell()

    def _tell(self) -> None:
        for place, label in enumerate(self.labels):
            text = _told(self._found[place]) if place < len(self._found) else ""
            label.setText(text)
            label.setVisible(bool(text))
        self.setVisible(any(found.statuses for found in self._found))

    def _on_changed(self, changes: Changes) -> None:
        if not changes.kind or any(one.kind == changes.kind for one in self._related):
            self._read()


def _find(ledger: Ledger, related: Related, record_id: str) -> _Found:
    columns = ("number", "status")
    lines = ledger.lines_referring(related.kind, related.key, record_id, columns)
    named = tuple((one.id, one.values[0]) for one in lines[:_MOST_NAMED])
    return _Found(related, named, tuple(one.values[1] for one in lines))


def _told(found: _Found) -> str:
    """Return the line in rich text, "" for nothing: 已转问题 2 条（待整改 2）：WT-…、WT-…."""
    if not found.statuses:
        return ""
    text = _("{what}（{statuses}）：{named}").format(
        what=_(found.related.text).format(count=len(found.statuses)),
        statuses=_("、").join(_states(found)),
        named=_("、").join(_link(*one) for one in found.named),
    )
    return text + (_("等") if len(found.statuses) > len(found.named) else "")


def _states(found: _Found) -> list[str]:
    field = kind_of(found.related.kind).fields["status"]
    assert isinstance(field, Choice)
    counted = Counter(found.statuses)
    return [
        _("{status} {count}").format(status=_(option.title), count=counted[option.value])
        for option in field.enum
        if counted[option.value]
    ]


def _link(record_id: str, number: str) -> str:
    colour = colours().accent
    return f'<a href="{escape(record_id)}" style="color:{colour}">{escape(number)}</a>'
