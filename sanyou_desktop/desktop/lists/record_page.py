"""The page of a kind: its list and the form of the record that is current in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Deed, Place
from sanyou_desktop.desktop.deeds.keypad import KeypadGuard
from sanyou_desktop.desktop.deeds.page_menu import beginnings, page_menu
from sanyou_desktop.desktop.deeds.register import page_deeds_of
from sanyou_desktop.desktop.intake.entrances import accept_tables
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.lists import view_memory
from sanyou_desktop.desktop.lists.columns import usual_columns
from sanyou_desktop.desktop.lists.filters import FilterBar
from sanyou_desktop.desktop.lists.list_pane import ListPane
from sanyou_desktop.desktop.lists.page_form import PageForm
from sanyou_desktop.desktop.lists.page_head import page_head
from sanyou_desktop.desktop.lists.selection import Selection
from sanyou_desktop.desktop.lists.two_panes import TwoPanes
from sanyou_desktop.desktop.lists.view_memory import View
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button
from sanyou_desktop.desktop.theme.tokens import SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.ledger.drafts import KeptDraft
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.forms.form import RecordForm

# The list is painted before the first form is built, which takes longer than a frame.
_FORM_AFTER_MS = 30


class RecordPage(QWidget):
    """List and form of one kind.

    Signals:
        reference_opened: the id of a record, perhaps of another kind, that the user wants to see.
        dirty_changed: whether anything typed in the form is not saved.
        draft_wanted: a ``Draft``, perhaps of another kind, to go on with in its form.
    """

    reference_opened = Signal(str)
    draft_wanted = Signal(object)
    dirty_changed = Signal(bool)

    def __init__(self, kind: str, session: Session, parent: QWidget | None = None) -> None:
        """Lay out the page; nothing is read before it is first shown."""
        super().__init__(parent)
        self.kind = kind
        self._session = session
        self._revision = 0
        self._wanted = ""
        self._begins: Job | None = None
        self._has_begun = False
        self._view = view = view_memory.recall(kind, session.preferences)
        self.filters = FilterBar(kind, session)
        self.filters.set_conditions(view.conditions)
        self.pane = ListPane(kind, session)
        self.list = self.pane.list
        self.list.table.set_widths(view.widths)
        title = _(kind_of(kind).title)
        self.new_button = button(
            _("新建{kind}").format(kind=title), self.new_record, role="primary", icon_name="plus"
        )
        self.new_button.setEnabled(not session.read_only)
        self._place = PageForm(self._make_form)
        self.panes = TwoPanes(self.pane, self._place, session.preferences.splitter(kind))
        self.installEventFilter(KeypadGuard(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(page_head(self.panes.back, title, self.filters, *self._main_actions()))
        column.addWidget(self.panes, 1)
        self.selection = Selection(self, session)
        self._connect()

    def _main_actions(self) -> list[QWidget]:
        self.menu = page_menu(self.kind, self.place)
        self.list.beginnings = beginnings(page_deeds_of(self.kind), self.place)
        accept_tables(self.kind, self.list.table, self.place)
        return [self.menu, self.new_button]

    def _connect(self) -> None:
        self.pane.search.search.connect(lambda _text: self._ask())
        self.panes.list_wanted.connect(self.pane.take_keyboard)
        self.filters.changed.connect(self._filters_changed)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._open_and_edit)
        self.list.table.clicked.connect(lambda _index: self._clicked())
        self.list.arranged.connect(self._remember)
        self.list.new_wanted.connect(self.new_record)
        self.list.clear_wanted.connect(self.clear_conditions)
        self.list.counted.connect(self._counted)
        self.list.table.delete_wanted.connect(self.delete_selected)
        self.pane.copy_as_new_wanted.connect(self.copy_as_new)
        self.pane.bar.delete_wanted.connect(self.delete_selected)
        self.pane.bar.change_wanted.connect(self.selection.change)
        self.pane.bar.deed_wanted.connect(lambda deed: deed.do(self.place))
        keep = self._session.preferences.keep_splitter
        self.panes.resized_by_hand.connect(lambda sizes: keep(self.kind, sizes))
        self._session.operations.changed.connect(self._on_changed)

    # What the list shows

    def showEvent(self, event: QShowEvent) -> None:
        """Read the first rows when the page is first seen."""
        super().showEvent(event)
        if self._begins is None:
            kind = self.kind
            self._begins = self._session.jobs.read(
                lambda ledger: ledger.has_others(kind), self._begin_list, owner=self
            )

    def _begin_list(self, has_others: bool) -> None:
        self._has_begun = True
        self.pane.usual = usual_columns(self.kind, many_units=has_others)
        columns = self._view.columns or self.pane.usual
        self._show_list(columns, self._view.sort, descending=self._view.descending)
        self.pane.count_all()

    def refresh(self) -> None:
        """Nothing to do: the list follows changes by itself."""

    def _show_list(self, columns: tuple[str, ...], sort: str, *, descending: bool) -> None:
        query = Query(
            text=self.pane.search.text().strip(),
            filters=self.filters.filters(date.today()),
            sort=sort,
            descending=descending,
        )
        self.list.show_query(query, columns)

    def _ask(self) -> None:
        if self._has_begun:
            query = self.list.model.query
            columns = tuple(self.list.header.visual_columns()) or self.pane.usual
            self._show_list(columns, query.sort, descending=query.descending)

    def _filters_changed(self) -> None:
        self._ask()
        if self._has_begun:
            self._remember()

    def clear_conditions(self) -> None:
        """Take off search and filters."""
        self.pane.search.set_quietly("")
        self.filters.set_conditions(())
        self._filters_changed()

    def _remember(self) -> None:
        query = self.list.model.query
        view = View(
            (), query.sort, query.descending, self.filters.conditions, self.list.table.widths
        )
        columns = tuple(self.list.header.visual_columns()) or self._view.columns
        # The usual columns may be others tomorrow, when the first unit has been merged in.
        chosen = () if columns == self.pane.usual else columns
        view_memory.keep(self.kind, self._session.preferences, view, chosen)

    def _counted(self, found: int) -> None:
        nothing = found == 0 and not self.list.is_filtered and not self._place.shows_form
        self.panes.set_has_form(not nothing)
        QTimer.singleShot(_FORM_AFTER_MS, self, self._begin_form)

    def _begin_form(self) -> None:
        """Build the form while there is nothing else to do, and show the first record in it."""
        self._place.build()
        idle = not self._wanted and not self._place.shows_form and not self.list.current_id
        if idle and self.list.total and not self.panes.is_narrow:
            self.list.select_first()

    # The form

    @property
    def form(self) -> RecordForm:
        """The form; what is missing of it is built at once."""
        return self._place.whole()

    def _make_form(self) -> RecordForm:
        from sanyou_desktop.desktop.forms.form import RecordForm

        form = RecordForm(self.kind, self._session, self._place, at_once=False)
        form.saved.connect(self._saved)
        form.new_wanted.connect(self.new_record)
        form.reference_opened.connect(self.reference_opened)
        form.dirty_changed.connect(self.dirty_changed)
        form.deed_wanted.connect(self._do)
        return form

    @property
    def shown_id(self) -> str:
        """The id of the record in the form, "" for a new one or none."""
        return self.form.record_id if self._place.shows_form else ""

    def leave(self, proceed: Callable[[], None]) -> None:
        """Call ``proceed`` when nothing typed would be lost by leaving."""
        if self._place.shows_form:
            self.form.leave(proceed)
        else:
            proceed()

    def _picked(self, record_id: str) -> None:
        """Follow the list to another record, unless the user stays with what is not saved."""
        if record_id == self.shown_id:
            return
        if self._place.shows_form and self.form.is_dirty:
            self.list.go_to(self.shown_id, scroll=False)
        self.leave(lambda: self._move_to(record_id))

    def _move_to(self, record_id: str) -> None:
        self.list.go_to(record_id, scroll=False)
        self._open(record_id)

    def _open(self, record_id: str, then: Callable[[], None] | None = None) -> None:
        self._wanted = record_id

        def show(record: Record | None) -> None:
            if self._wanted != record_id:
                return
            if record is None or record.deleted_at:
                self._show_nothing()
                return
            self._place.once_built(lambda: fill(record))

        def fill(record: Record) -> None:
            if self._wanted != record_id:
                return
            self._revision = record.revision
            self.form.open_record(record)
            self._place.show_form()
            self.panes.set_has_form(True)
            if then is not None:
                then()

        self._session.jobs.read(lambda ledger: ledger.get(record_id), show, owner=self)

    def _show_nothing(self) -> None:
        self._wanted = ""
        self._place.show_hint()
        self.panes.set_has_form(bool(self.list.total) or self.list.is_filtered)
        if self.panes.is_narrow and self.isVisible():
            self.panes.show_list()

    def _open_and_edit(self, record_id: str) -> None:
        """Enter or double click: to the form, with the cursor in its first field."""
        self.panes.show_form()
        if record_id == self.shown_id:
            self.form.focus_first()
        else:
            self.leave(lambda: self._open(record_id, lambda: self.form.focus_first()))

    def _clicked(self) -> None:
        if self.panes.is_narrow and self.list.table.selected_count() == 1:
            self.panes.show_form()

    def _saved(self, record: Record) -> None:
        self._revision = record.revision
        self._wanted = record.id
        self.list.go_to(record.id)
        self.pane.show_numbers()

    def _on_changed(self, changes: Changes) -> None:
        shown = self.shown_id
        if shown and changes.touches(self.kind, shown):
            self._session.jobs.read(lambda ledger: ledger.get(shown), self._reread, owner=self)

    def _reread(self, record: Record | None) -> None:
        """Show what became of the record by an undo, a bulk change or a deletion."""
        if record is None or record.id != self.shown_id or self.form.is_dirty:
            return
        if record.deleted_at:
            # Unless the list has moved on already and its neighbour is being read.
            if self._wanted in ("", record.id):
                self._show_nothing()
        elif record.revision != self._revision:
            self._revision = record.revision
            self.form.open_record(record)

    # What the window's actions call

    def act(self, name: str) -> None:
        """Do what an action of the window's menus names.

        Raises:
            KeyError: no action of a page has that name.
        """
        acts: dict[str, Callable[[], None]] = {
            "new_record": self.new_record,
            "save": self.save,
            "save_and_new": self.save_and_new,
            "copy_as_new": self.copy_as_new,
            "previous": self.previous,
            "next": self.next,
            "focus_search": self.focus_search,
        }
        acts[name]()

    def show_record(self, record_id: str) -> None:
        """Show a record in the form and, where it is listed, in the list."""

        def go() -> None:
            self.list.go_to(record_id)
            self.panes.show_form()
            self._open(record_id)

        self.leave(go)

    def new_record(self) -> None:
        """Begin a record."""
        self.open_draft(Draft.new(self.kind, self._session.unit_code))

    def open_draft(self, draft: Draft) -> None:
        """Begin with something filled in already, for example a copy."""
        if not self._session.read_only:
            self.leave(lambda: self._begin(lambda: self.form.open_draft(draft), draft.base.id))

    def recover(self, kept: KeptDraft, base: Record | None) -> None:
        """Show what was typed before a crash; what the form holds has been settled."""
        self._begin(lambda: self.form.recover(kept, base), base.id if base else "")

    def _begin(self, fill: Callable[[], None], record_id: str) -> None:
        self._wanted = record_id
        self.list.go_to(record_id)
        fill()
        self._place.show_form()
        self.panes.set_has_form(True)
        self.panes.show_form()
        self.form.focus_first()

    def copy_as_new(self) -> None:
        """Begin a record with the content of the current one."""
        record_id = self.list.current_id or self.shown_id
        if not record_id or self._session.read_only:
            return

        def copy(record: Record | None) -> None:
            if record is not None:
                self.open_draft(Draft.copy_of(record.anew()))

        self._session.jobs.read(lambda ledger: ledger.get(record_id), copy, owner=self)

    def save(self) -> None:
        """Save what is in the form."""
        if self._place.shows_form:
            self.form.save()

    def save_and_new(self) -> None:
        """Save what is in the form and begin another record."""
        if self._place.shows_form:
            self.form.save_and_new()

    def previous(self) -> None:
        """Move up in the list."""
        self.list.step(-1)

    def next(self) -> None:
        """Move down in the list."""
        self.list.step(1)

    def focus_search(self) -> None:
        """Put the cursor in the search box."""
        if self.panes.is_narrow:
            self.panes.show_list()
        self.pane.search.setFocus()
        self.pane.search.selectAll()

    def delete_selected(self) -> None:
        """Move the selected records to the recycle bin; it can be taken back."""
        self.selection.delete()

    # Deeds

    @property
    def place(self) -> Place:
        """Where the deeds of this page are done."""
        return Place(
            self,
            self._session,
            self.draft_wanted.emit,
            self.reference_opened.emit,
            self.list.selected_ids,
            self.leave,
        )

    def _do(self, deed: Deed, record: Record) -> None:
        deed.do(self.place, record)
