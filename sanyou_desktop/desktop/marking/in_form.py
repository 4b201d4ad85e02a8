"""A record that is marked in its form after it left, or after others were made from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.forms.form import RecordForm
    from sanyou_desktop.desktop.marking.looking import Known
    from sanyou_desktop.desktop.session import Session
    from sanyou_desktop.ledger.exports import Logged

_NAMED = 3


def watch_marks(form: RecordForm, session: Session) -> None:
    """After each saving that put a mark on a record, tell where it had gone before.

    What was made from it and has no mark is offered to be marked too; so is a new record that was
    made from one that has.
    """

    def look(record: Record) -> None:
        if record.revision < 2:
            _look_at_new(form, session, record)
            return
        if not record.confidential:
            return

        def show(known: Known) -> None:
            if known.left and form.record_id == record.id:
                form.banner.show_message(_in_words([one.line for one in known.left]), "warn")
            if known.made:
                from sanyou_desktop.desktop.marking.dialog import offer_the_others

                offer_the_others(form, session, known, record)

        # On a lane of its own: a long log takes seconds, and the lists are read meanwhile.
        session.jobs.run(lambda _progress: _known(session.path, record), show, owner=form)

    form.saved.connect(look)


def _look_at_new(form: RecordForm, session: Session, record: Record) -> None:
    def offer(mark: str) -> None:
        if not mark or record.confidential or form.record_id != record.id:
            return
        title = kind_of(record.kind).fields["confidential"].show(mark)
        told = _("这条记录由有密级的记录产生，自己还没有密级，会随导出和打印离开。")
        form.banner.show_message(
            told, "warn", action=_("标上{mark}").format(mark=title), run=lambda: take(mark)
        )

    def take(mark: str) -> None:
        if form.record_id == record.id:
            editor = form.body.editors["confidential"]
            editor.set_raw(mark)
            editor.changed.emit()
            form.save()

    session.jobs.read(lambda ledger: ledger.mark_of_origins(record), offer, owner=form)


def _known(source: Path, record: Record) -> Known:
    """Return what is to be known of the record, if this revision put its mark on."""
    from sanyou_desktop.desktop.marking.looking import Known, known_of

    with Ledger.open(source, read_only=True) as ledger:
        earlier = (one for one in ledger.history(record.id) if one.revision < record.revision)
        before = next(earlier, None)
    if before is None or before.record.confidential:
        return Known()
    return known_of(source, [record.id])


def _in_words(lines: Sequence[Logged]) -> str:
    from sanyou_desktop.desktop.marking.looking import place_of, what_to_do

    told = _("、").join(map(place_of, lines[:_NAMED]))
    if len(lines) > _NAMED:
        told = _("{some} 等 {count} 处").format(some=told, count=len(lines))
    words = _("标上密级以前，这条记录已经离开台账：{places}。").format(places=told)
    return words + what_to_do(lines)
