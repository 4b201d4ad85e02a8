"""A record that is marked with a degree of secrecy after it left: where to is told, and what to do.

The log knows each export and print that it was in. Nothing brings them back but people.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.forms.form import RecordForm
    from sanyou_desktop.desktop.session import Session
    from sanyou_desktop.ledger.exports import Logged

_NAMED = 3


def watch_marks(form: RecordForm, session: Session) -> None:
    """After each saving that put a mark on a record, tell in the form where it had gone before."""

    def look(record: Record) -> None:
        if not record.confidential or record.revision < 2:
            return

        def show(lines: list[Logged]) -> None:
            if lines and form.record_id == record.id:
                form.banner.show_message(_in_words(lines), "warn")

        # On a lane of its own: a long log takes seconds, and the lists are read meanwhile.
        session.jobs.run(lambda _progress: _left(session.path, record), show, owner=form)

    form.saved.connect(look)


def _left(source: Path, record: Record) -> list[Logged]:
    """Return where the record had gone without its mark, if this revision put it on."""
    with Ledger.open(source, read_only=True) as ledger:
        earlier = (one for one in ledger.history(record.id) if one.revision < record.revision)
        before = next(earlier, None)
        if before is None or before.record.confidential:
            return []
        return [left.line for left in ledger.exports.with_records([record.id])]


def _in_words(lines: list[Logged]) -> str:
    # Not needed before something left, and start-up is measured.
    from sanyou_desktop.ledger.exports import WAYS

    ways = {option.value: _(option.title) for option in WAYS}
    places = [
        _("{way}「{name}」").format(way=ways.get(line.way, line.way), name=Path(line.target).name)
        for line in lines[:_NAMED]
    ]
    told = _("、").join(places)
    if len(lines) > _NAMED:
        told = _("{some} 等 {count} 处").format(some=told, count=len(lines))
    words = _("标上密级以前，这条记录已经离开台账：{places}。请按保密规定收回或通知对方。").format(
        places=told
    )
    if any(line.way == "share" for line in lines):
        words += _("共享表格里的这一行，再更新一次就会撤回。")
    if any(line.way in ("report", "rollup") for line in lines):
        words += _("上级台账里的这一条，重新上报后会撤回。")
    return words
