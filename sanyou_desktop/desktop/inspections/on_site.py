"""现场检查: the checklist judged on the spot, by the keyboard alone; 按表录入 in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import newest_of
from sanyou_desktop.desktop.dialogs.deed_dialog import show as show_dialog
from sanyou_desktop.desktop.editors.composition import finish_typing
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.forms.draft_keeping import DraftKeeping
from sanyou_desktop.desktop.inspections.former import former_of
from sanyou_desktop.desktop.inspections.raising import raise_one, raised_by_key
from sanyou_desktop.desktop.inspections.score_head import ScoreHead
from sanyou_desktop.desktop.inspections.sheet_keys import SHEET_KEYS
from sanyou_desktop.desktop.inspections.sheet_model import SheetModel
from sanyou_desktop.desktop.inspections.sheet_view import SheetView
from sanyou_desktop.desktop.not_saved import tell_changed_elsewhere, tell_not_saved
from sanyou_desktop.desktop.theme.parts import button, shortened, text_label
from sanyou_desktop.desktop.theme.tokens import MINIMUM_WINDOW, SPACE_1, SPACE_2, SPACE_3, SPACE_6
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Refused, fields_of
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.judging import judged_again
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

Findings = Mapping[str, tuple[str, str]]
_LONGEST_TITLE = 60


def open_on_site(place: Place, inspection: Inspection) -> None:
    """Open the sheet of an inspection as it stands in the ledger, over the whole window."""

    def read(ledger: Ledger) -> tuple[Record | None, Findings, Mapping[str, str]]:
        found = ledger.get(inspection.id)
        if not isinstance(found, Inspection):
            return found, {}, {}
        before = {key: former.told for key, former in former_of(ledger, found).items()}
        return found, raised_by_key(ledger, found), before

    def show(found: tuple[Record | None, Findings, Mapping[str, str]]) -> None:
        record, findings, before = found
        if isinstance(record, Inspection):
            show_dialog(OnSite(place, record, findings, before))

    place.session.jobs.read(read, show, owner=place.widget)


class OnSite(QDialog):
    """The items of one inspection, its score as it changes, and what the keys do."""

    def __init__(
        self,
        place: Place,
        inspection: Inspection,
        findings: Findings,
        before: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Lay out the sheet.

        By the item's row key, ``findings`` are those raised before and ``before`` says what was
        wrong when it was inspected last.
        """
        super().__init__(place.widget)
        self._place, self._session = place, place.session
        self.inspection = inspection
        self.self_score = inspection.self_score
        self._saving = False
        self._afterwards: list[Callable[[], None]] = []
        self.model = SheetModel(inspection.items, findings, before)
        self.table = SheetView(self.model)
        self.score = ScoreHead()
        self.banner = Banner()
        self.state = text_label("", "caption")
        self.unjudged = button(_("U  只看未判定"), lambda: None, role="chip")
        self._keeping = DraftKeeping(self._session, self, self._unsaved, self.state.setText)
        self._keeping.follow(Draft.of(inspection))
        self._lay_out()
        self._connect()
        self._show_score()
        self.table.setFocus()

    # Layout

    def _lay_out(self) -> None:
        self.setWindowTitle(_("现场检查：{title}").format(title=self.inspection.title))
        self.unjudged.setCheckable(True)
        self.unjudged.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_3, SPACE_6, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(self._head())
        for widget in (self.score, self.banner):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(self._legend())
        column.addLayout(self._foot())
        window = self._place.widget.window()
        self.resize(window.size().expandedTo(self.minimumSizeHint()))
        self.setMinimumSize(MINIMUM_WINDOW[0] // 2, MINIMUM_WINDOW[1] // 2)

    def _head(self) -> QHBoxLayout:
        shown = self.inspection
        told = (shown.number, shown.scheme, shown.inspected_unit, shown.place, _day(shown))
        names = QVBoxLayout()
        names.setSpacing(SPACE_1)
        names.addWidget(text_label(shortened(shown.title, _LONGEST_TITLE), "title"))
        about = " · ".join(text for text in told if text)
        names.addWidget(text_label(shortened(about, 2 * _LONGEST_TITLE), "caption"))
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self.unjudged)
        return head

    def _legend(self) -> FlowLayout:
        """Return a button a key: the legend, and the same by mouse; the keyboard stays put."""
        flow = FlowLayout()
        self.keys: dict[str, QPushButton] = {}
        for key in SHEET_KEYS:
            text = f"{key.shown}  {_(key.text)}"
            made = button(text, self._doing(key.id), role="chip")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.keys[key.id] = made
            flow.addWidget(made)
        return flow

    def _doing(self, name: str) -> Callable[[], None]:
        return lambda: self.table.do(name)

    def _foot(self) -> QHBoxLayout:
        self.save_button = button(_("保存"), self.save, role="primary", icon_name="save")
        self.save_button.setToolTip("Ctrl+S")
        self.close_button = button(_("关闭"), self.reject)
        self.close_button.setToolTip("Esc")
        for made in (self.save_button, self.close_button):
            made.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.save_button)
        return foot

    def _connect(self) -> None:
        self.model.judged.connect(self._judged)
        self.model.refused.connect(self._refuse)
        self.table.raise_wanted.connect(self.raise_finding)
        self.table.self_score_wanted.connect(lambda: self.score.type_self_score(self.self_score))
        self.score.self_score_typed.connect(self._take_self_score)
        self.score.left.connect(self.table.setFocus)
        self.unjudged.toggled.connect(self._filter)
        QShortcut(
            QKeySequence("U"), self.table, context=Qt.ShortcutContext.WidgetShortcut
        ).activated.connect(self.unjudged.toggle)  # fmt: skip - one thing
        for keys in (QKeySequence.StandardKey.Save, QKeySequence("Ctrl+Return")):
            QShortcut(keys, self).activated.connect(self.save)

    # Judging

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything judged is not saved."""
        shown = self.inspection
        return (tuple(self.model.items), self.self_score) != (shown.items, shown.self_score)

    def _judged(self, _row: int) -> None:
        self._keeping.changed()
        self._show_score()

    def _show_score(self) -> None:
        found = self.model.outcome()
        self.score.show_outcome(found, self.self_score, len(self.model.items))

    def _refuse(self, row: int, reason: str) -> None:
        told = _("第 {row} 项没有改动：{reason}")
        self.state.setText(told.format(row=self.model.place(row) + 1, reason=reason))

    def _take_self_score(self, text: str) -> None:
        field = fields_of(Inspection)["self_score"]
        try:
            self.self_score = field.read(text)
        except Refused as refused:
            told = _("自评分没有改动：{reason}").format(reason=refused)
            self.state.setText(told)
            return
        self._keeping.changed()
        self._show_score()

    def _filter(self, only: bool) -> None:
        if only and all(item.result for item in self.model.items):
            self.unjudged.setChecked(False)
            self.state.setText(_("每一项都已判定"))
            return
        self.model.show_only_unjudged(only=only)

    def _unsaved(self) -> Draft | None:
        if self._saving or not self.is_dirty:
            return None
        draft = Draft.of(self.inspection)
        items = draft.declared.fields["items"]
        draft.enter("items", items.typed(tuple(self.model.items)))
        draft.enter("self_score", draft.declared.fields["self_score"].typed(self.self_score))
        return draft

    def _finish_typing(self) -> None:
        finish_typing(self)
        self.score.take_typed()

    # Saving

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save what was judged; one that was planned is held today. ``then`` runs once saved."""
        self._finish_typing()
        if self.table.has_refused:
            return
        if self._saving:
            self._afterwards.append(lambda: self.save(then))
            return
        if not self.is_dirty:
            self.state.setText(_("没有改动"))
            if then is not None:
                then()
            return
        self._saving = True
        self._keeping.pause()
        record = _held(
            replace(self.inspection, items=tuple(self.model.items), self_score=self.self_score),
            judged=any(item.result for item in self.model.items),
        )
        self._session.operations.run(
            lambda ledger: ledger.save(record),
            owner=self,
            done=lambda saved: self._saved(saved, then),
            failed=self._not_saved,
            quiet=True,
        )

    def _saved(self, saved: Saved, then: Callable[[], None] | None) -> None:
        self._saving = False
        assert isinstance(saved.record, Inspection)
        self.inspection = saved.record
        self._keeping.drop()
        self._keeping.follow(Draft.of(saved.record))
        self.banner.hide()
        self.state.setText(_("已保存 {time}").format(time=datetime.now().strftime("%H:%M")))
        if self.is_dirty:
            self._keeping.changed()
        if then is not None:
            then()
        afterwards, self._afterwards = self._afterwards, []
        for go_on in afterwards:
            go_on()

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self._afterwards.clear()
        self._keeping.changed()
        if isinstance(error, Conflict):
            offer = _("在最新版本上保留我的判定")
            tell_changed_elsewhere(self.banner, error, offer, self._rebase)
        else:
            tell_not_saved(self.banner, error)

    def _rebase(self) -> None:
        """Put what was judged, item by item, on the newest revision."""
        wanted = self.inspection
        self._session.jobs.read(
            lambda ledger: newest_of(ledger, wanted),
            self._put_on,
            owner=self,
            failed=self._not_saved,
        )

    def _put_on(self, newest: Inspection) -> None:
        begun, mine = self.inspection.items, self.model.items
        there = {item.key for item in newest.items}
        lost = sum(
            item.key not in there and item != before
            for item, before in zip(mine, begun, strict=True)
        )
        if self.self_score == self.inspection.self_score:
            self.self_score = newest.self_score
        self.inspection = newest
        row = self.table.row
        self.model.replace_items(judged_again(newest.items, begun, mine))
        self.table.go(row)
        self._show_score()
        if lost:
            told = _("您判定过的 {count} 项在最新版本中已被删去，其余判定都保留着，请核对后保存。")
            self.banner.show_message(told.format(count=lost), "warn")
        else:
            self.state.setText(_("您的判定已放到最新版本上，请核对后保存"))

    # Leaving

    def leave(self, proceed: Callable[[], None]) -> None:
        """Call ``proceed`` when nothing judged would be lost by leaving."""
        self._finish_typing()
        if self.table.has_refused:
            return
        if not self.is_dirty:
            self._keeping.drop()
            proceed()
            return
        text = _("「{title}」有尚未保存的判定。").format(title=self.inspection.title)
        answer = self._session.ask.save_discard_cancel(self, text)
        if answer is Answer.SAVE:
            self.save(proceed)
        elif answer is Answer.DISCARD:
            self._keeping.drop()
            proceed()

    def reject(self) -> None:
        """Close, unless the user stays with what is not saved."""
        self.leave(super().reject)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close as Esc does."""
        event.ignore()
        self.reject()

    # Findings

    def raise_finding(self, place: int) -> None:
        """Raise a finding from the item at ``place`` of the list, or go to the one there is."""
        item = self.model.items[place]
        known = self.model.findings.get(item.key)
        if known is not None:
            self.leave(lambda: self._go_to(known[0]))
        elif item.result != "fail":
            self.state.setText(_("只有不合格的项目才能转为问题，请先按 2 判为不合格"))
        else:
            # The finding refers to the item as it stands in the ledger.
            self.save(lambda: self._raise(place, item))

    def _raise(self, place: int, item: Item) -> None:
        inspection = self.inspection

        def done(saved: Saved) -> None:
            number = saved.record.number
            self.model.note_finding(item.key, saved.record.id, number)
            told = _("第 {row} 项已转为问题 {number}，再按 F 可打开")
            self.state.setText(told.format(row=place + 1, number=number))

        def refused(error: Exception) -> None:
            self.banner.show_message(_("没有转为问题：{error}").format(error=explain(error)), "bad")

        self._session.operations.run(
            lambda ledger: raise_one(ledger, inspection, place),
            owner=self,
            done=done,
            failed=refused,
            quiet=True,
        )

    def _go_to(self, record_id: str) -> None:
        super().reject()
        self._place.show(record_id)


def _held(inspection: Inspection, *, judged: bool) -> Inspection:
    """Return it as held today, unless nothing but the unit's own score is known yet."""
    if inspection.status != "planned" or not judged:
        return inspection
    on = inspection.inspected_on or PartialDate.of(date.today())
    return replace(inspection, status="done", inspected_on=on)


def _day(inspection: Inspection) -> str:
    day = inspection.inspected_on or inspection.planned_on
    return day.in_words() if day else ""
