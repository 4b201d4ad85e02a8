"""The form of one record: head, body, history, foot; what is typed is a ``Draft``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.deeds.bar import DeedBar
from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.editors.composition import finish_typing
from sanyou_desktop.desktop.editors.reference import ReferenceEditor
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.forms.body import FormBody
from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.desktop.forms.draft_keeping import DraftKeeping
from sanyou_desktop.desktop.forms.foot import FormFoot
from sanyou_desktop.desktop.forms.head import FormHead, title_of
from sanyou_desktop.desktop.forms.history_panel import HistoryPanel
from sanyou_desktop.desktop.forms.related_line import RelatedLine
from sanyou_desktop.desktop.marking.in_form import watch_marks
from sanyou_desktop.desktop.not_saved import tell_changed_elsewhere, tell_not_saved
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import line
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.ledger.drafts import KeptDraft
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_REFRESH_MS = 250


class RecordForm(QWidget):
    """Shows one record and saves it.

    Signals:
        saved: the record as it now stands.
        dirty_changed: whether anything typed is not saved.
        new_wanted: the user asked to go on with another new record.
        reference_opened: the id of a record to show.
        deed_wanted: a ``Deed`` and the record, as saved, to do it with.
    """

    saved = Signal(object)
    dirty_changed = Signal(bool)
    new_wanted = Signal()
    reference_opened = Signal(str)
    deed_wanted = Signal(object, object)

    def __init__(
        self,
        kind: str,
        session: Session,
        parent: QWidget | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        """Lay out the form of ``kind``; it starts with a new record.

        With ``at_once`` False only its frame is made, and it may not be used before ``build_next``
        has built the rest piece by piece or ``build`` all of it.
        """
        super().__init__(parent)
        self._kind, self._session = kind, session
        self.draft = Draft.new(kind, session.unit_code)
        self._saving = False
        self._save_again = False
        self._was_dirty = False
        self.head = FormHead(DESIGNS[kind])
        self.deeds = DeedBar(kind)
        self.related = RelatedLine(DESIGNS[kind].related, session)
        self.banner = Banner()
        self.body = FormBody(DESIGNS[kind], session)
        self.history = HistoryPanel(session)
        self.foot = FormFoot()
        self.is_built = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (self.head, self.deeds, self.related, self.banner, self.body):
            self._column.addWidget(widget, 1 if widget is self.body else 0)
        self._keeping = DraftKeeping(session, self, self._unsaved, self.foot.show_state)
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self._show_computed)
        if at_once:
            self.build()

    def build_next(self) -> bool:
        """Build the next piece, a small part of a second's work; return whether any is left."""
        if not self.is_built and not self.body.build_next():
            self._finish()
        return not self.is_built

    def build(self) -> None:
        """Build all that is missing."""
        while self.build_next():
            pass

    def _finish(self) -> None:
        """Add what follows the fields, on screen and in tab order, and show the new record."""
        for widget in (line(), self.history, self.foot):
            self._column.addWidget(widget)
        self._connect()
        self.is_built = True
        self.open_draft(self.draft)

    def _connect(self) -> None:
        self.deeds.asked.connect(self._do)
        watch_marks(self, self._session)
        self.related.opened.connect(self.reference_opened)
        self.body.edited.connect(self._edited)
        self.body.left.connect(self._left)
        self.body.reference_opened.connect(self.reference_opened)
        self.history.restore_requested.connect(self._restore)
        self.foot.save.clicked.connect(lambda _checked: self.save())
        self.foot.save_and_new.clicked.connect(lambda _checked: self.save_and_new())
        self.foot.revert.clicked.connect(lambda _checked: self.revert())
        self.foot.problems.clicked.connect(lambda _checked: self.focus_next_problem())
        for editor in self.body.editors.values():
            if isinstance(editor, ReferenceEditor):
                editor.open_requested.connect(self.reference_opened)

    # What is shown

    @property
    def record_id(self) -> str:
        """The id of the record shown, "" for a new one."""
        return self.draft.base.id

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything typed is not saved."""
        return self.draft.is_dirty

    def open_record(self, record: Record) -> None:
        """Show a record as it stands in the ledger."""
        self.open_draft(Draft.of(record))

    def open_draft(self, draft: Draft) -> None:
        """Show a draft: a new record, a copy, or what was typed before a crash."""
        self.draft = draft
        self._keeping.follow(draft)
        self.banner.hide()
        read_only = self._session.read_only or bool(draft.base.deleted_at)
        self.body.show_draft(draft, read_only=read_only)
        self.history.show_record(draft.base)
        self.deeds.show_record(draft.base, read_only=read_only)
        self.related.show_record(draft.base)
        self.foot.set_read_only(read_only)
        self.foot.show_state("")
        self.foot.show_problem_count(0)
        self._show_computed()
        if draft.told:
            self.banner.show_message(draft.told, "warn")

    def recover(self, kept: KeptDraft, base: Record | None) -> None:
        """Show what was typed before a crash, on top of the record as it stands now."""
        unit = self._session.unit_code
        draft = Draft.of(base) if base else Draft.new(kept.kind, unit)
        draft.raw = dict(kept.raw)
        self.open_draft(draft)
        self._keeping.follow(draft, kept.key)
        self.banner.show_message(_("这是上次没有保存的内容，请核对后保存。"), "warn")

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        self.body.editors[DESIGNS[self._kind].placed()[0]].setFocus()

    # Saving

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save what was typed, or show what must be mended first; ``then`` runs once saved."""
        if self._session.read_only:
            return
        finish_typing(self)
        if self._saving:
            self._save_again = True
            return
        if self._waits(lambda: self.save(then)):
            return
        try:
            record = self.draft.accepted()
        except Invalid as invalid:
            self._show_problems(invalid.problems)
            return
        if not self.draft.raw and record.id:
            self.foot.show_state(_("没有改动"))
            if then is not None:
                then()
            return
        self._set_saving(True)
        self._keeping.pause()
        sent = dict(self.draft.raw)
        self._session.operations.run(
            lambda ledger: DESIGNS[self._kind].save(ledger, record),
            owner=self,
            done=lambda saved: self._saved(saved, sent, then),
            failed=self._not_saved,
            quiet=True,
        )

    def save_and_new(self) -> None:
        """Save and go on with a new record."""
        self.save(self.new_wanted.emit)

    def revert(self) -> None:
        """Drop what was typed."""
        self._keeping.drop()
        self.open_draft(Draft(self.draft.kind, self.draft.base))
        self.foot.show_state(_("已撤销未保存的修改"))

    def leave(self, proceed: Callable[[], None]) -> None:
        """Call ``proceed`` once it is fine to leave: saved, discarded, or nothing typed."""
        finish_typing(self)
        if self._waits(lambda: self.leave(proceed)):
            return
        if not self.draft.is_dirty:
            self._keeping.drop()
            proceed()
            return
        title = title_of(self.draft) or _("新记录")
        answer = self._session.ask.save_discard_cancel(
            self, _("「{title}」有尚未保存的修改。").format(title=title)
        )
        if answer is Answer.SAVE:
            self.save(proceed)
        elif answer is Answer.DISCARD:
            self._keeping.drop()
            self.draft.raw.clear()
            proceed()

    def _saved(
        self, saved: Saved, sent: Mapping[str, Json], then: Callable[[], None] | None
    ) -> None:
        """Go on with the record as saved, and with what was typed since it was ``sent``."""
        self._set_saving(False)
        self._keeping.drop()
        draft = Draft.of(saved.record)
        for key, raw in self._typed_since(sent).items():
            draft.enter(key, raw)
        self.draft = draft
        self._keeping.follow(draft)
        self.body.show_saved(draft)
        self.history.show_record(saved.record)
        self.deeds.show_record(saved.record, read_only=False)
        self.related.show_record(saved.record)
        self.foot.show_problem_count(0)
        self.banner.hide()
        self._show_computed()
        self.foot.show_state(_saved_in_words(saved))
        self.saved.emit(saved.record)
        again, self._save_again = self._save_again, False
        if not draft.raw:
            if then is not None:
                then()
        elif again:
            self.save(then)
        else:
            self._keeping.changed()
            if then is not None:
                self.leave(then)

    def _typed_since(self, sent: Mapping[str, Json]) -> dict[str, Json]:
        now = self.draft.raw
        return {
            key: self.draft.typed(key)
            for key in {*sent, *now}
            if (key in now) != (key in sent) or now.get(key) != sent.get(key)
        }

    def _not_saved(self, error: Exception) -> None:
        self._set_saving(False)
        self._save_again = False
        self._keeping.changed()
        if isinstance(error, Conflict) and self.record_id:
            offer = _("在最新版本上保留我的修改")
            tell_changed_elsewhere(self.banner, error, offer, self._rebase)
        else:
            tell_not_saved(self.banner, error)

    def _rebase(self) -> None:
        """Put what was typed on top of the newest revision; the fields not typed are theirs."""
        # Start-up is measured, and this is hardly ever needed.
        from sanyou_desktop.desktop.dialogs.about_record import newest_of

        wanted = self.draft.base

        def show(newest: Record) -> None:
            self.open_draft(self.draft.onto(newest))
            self.foot.show_state(_("已合到最新版本，请核对后保存"))

        self._session.jobs.read(
            lambda ledger: newest_of(ledger, wanted), show, owner=self, failed=self._not_saved
        )

    def _restore(self, number: int) -> None:
        wanted = self.record_id

        def carry_out() -> None:
            self._session.operations.run(
                lambda ledger: ledger.restore_revision(wanted, number),
                owner=self,
                done=lambda saved: self._saved(saved, {}, None),
                failed=lambda error: self.banner.show_message(explain(error), "bad"),
            )

        self.leave(carry_out)

    def _unsaved(self) -> Draft | None:
        return None if self._saving else self.draft

    def _do(self, deed: Deed) -> None:
        """Do something with the record as it stands in the ledger; what is typed comes first."""
        was_dirty = self.draft.is_dirty

        def settled() -> None:
            if was_dirty:
                # What was typed and then dropped is still to be seen.
                self.open_draft(Draft.of(self.draft.base))
            self.deed_wanted.emit(deed, self.draft.base)

        self.leave(settled)

    # While typing

    def _edited(self, key: str) -> None:
        self.draft.enter(key, self.body.editors[key].raw())
        if self.body.fields[key].error:
            self._look_at(key)
        self._keeping.changed()
        self._refresh.start()
        if bool(self.draft.raw) != self._was_dirty:
            self._show_dirty()

    def _left(self, key: str) -> None:
        if key in self.draft.raw:
            self._look_at(key)

    def _look_at(self, key: str) -> None:
        self.body.show_problems_of(key, self.draft.problems(key))
        self.foot.show_problem_count(self.body.wrong_fields)

    def _show_computed(self) -> None:
        self.head.show_draft(self.draft)
        self.body.refresh(self.draft)
        self._show_dirty()

    def _show_dirty(self) -> None:
        dirty = bool(self.draft.raw)
        self.foot.set_dirty(dirty)
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.body.show_problems(problems)
        self.foot.show_problem_count(len({item.field for item in problems}))
        elsewhere = [str(item) for item in problems if item.field not in self.body.editors]
        if elsewhere:
            self.banner.show_message("\n".join(elsewhere), "bad")
        self.body.focus(self.body.in_order(problems)[0])

    def focus_next_problem(self) -> None:
        """Go to the first field that still has something to mend."""
        found = self.draft.problems()
        if found:
            self._show_problems(found)

    def _waits(self, go_on: Callable[[], None]) -> bool:
        """Tell whether a file is still being added; then ``go_on`` follows by itself."""
        busy = next((item for item in self.body.editors.values() if item.is_busy), None)
        if busy is None:
            return False
        self.foot.show_state(_("正在添加附件，完成后继续…"))
        busy.settled.connect(go_on, Qt.ConnectionType.SingleShotConnection)
        return True

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.foot.set_saving(saving)


def _saved_in_words(saved: Saved) -> str:
    """Return when it was saved, and what was done to other records by that."""
    now = datetime.now().strftime("%H:%M")
    if saved.told:
        return _("已保存 {time}，{told}").format(time=now, told=saved.told)
    return _("已保存 {time}").format(time=now)
