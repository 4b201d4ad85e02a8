"""The scrolling middle of a form: sections with their fields, laid out by the design."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.composition import CompositionWatch
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.for_field import make_editor
from sanyou_desktop.desktop.forms.design import Design, Offer, Section
from sanyou_desktop.desktop.forms.panel import Panel
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import (
    FORM_WIDTH,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_6,
)
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import _

# Divisible by one, two and three fields in a line.
_GRID = 6
# What stands above and below the fields gives way first: buttons and a long history.
_LOWEST = 200


class FormBody(QScrollArea):
    """Holds the editors by field key.

    Signals:
        edited: the key of a field that the user changed.
        left: the key of a field that the cursor left.
        reference_opened: the id of a record that a panel leads to.
    """

    edited = Signal(str)
    left = Signal(str)
    reference_opened = Signal(str)

    def __init__(self, design: Design, session: Session) -> None:
        """Prepare to lay out ``design``; ``build_next`` or ``build`` does it."""
        super().__init__()
        self.setProperty("role", "form")
        self.setWidgetResizable(True)
        # Tab goes from field to field, and the form follows.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(_LOWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._design, self._session = design, session
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, LabelledField] = {}
        self._summaries: list[tuple[Section, QLabel]] = []
        self._occasional: list[tuple[Section, QWidget]] = []
        self.panels: list[Panel] = []
        self._watched: dict[QObject, str] = {}
        self._composition = CompositionWatch(self)
        self._holder, self._column = self._sheet()
        self._to_build = deque(design.sections)

    def _sheet(self) -> tuple[QWidget, QVBoxLayout]:
        """Return what scrolls, and where sections go in it.

        It is built from the outside in: a widget that moves to another parent takes the time of
        dressing all that is in it anew.
        """
        holder = QWidget()
        holder.setProperty("role", "form")
        self.setWidget(holder)
        inside = QWidget(holder)
        inside.setProperty("role", "form")
        inside.setMaximumWidth(FORM_WIDTH + 2 * SPACE_6)
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_6, SPACE_3, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_4)
        centre = QVBoxLayout(holder)
        centre.setContentsMargins(0, 0, 0, 0)
        centre.addWidget(inside)
        return holder, column

    def build_next(self) -> bool:
        """Build the next section; return whether there is more to build."""
        if self._to_build:
            self._add_section(self._to_build.popleft())
            if not self._to_build:
                self._column.addStretch()
                self._design.prepare(self.editors)
                self._set_tab_order()
        return bool(self._to_build)

    def build(self) -> None:
        """Build every section that is not there yet."""
        while self.build_next():
            pass

    def show_draft(self, draft: Draft, *, read_only: bool) -> None:
        """Put what was typed into the editors."""
        for key, editor in self.editors.items():
            editor.set_raw(draft.typed(key))
            editor.set_read_only(read_only or draft.declared.fields[key].read_only)
        self.show_problems(())
        self.refresh(draft)
        self.verticalScrollBar().setValue(0)

    def show_saved(self, draft: Draft) -> None:
        """Put what saving made of it into the editors; cursors stay where nothing is new."""
        for key, editor in self.editors.items():
            if editor.raw() != draft.typed(key):
                editor.set_raw(draft.typed(key))
        self.show_problems(())
        self.refresh(draft)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show each problem at its field, and none at the others."""
        for key in self.editors:
            self.show_problems_of(key, [item for item in problems if item.field == key])

    def show_problems_of(self, key: str, problems: Sequence[Problem]) -> None:
        """Show the problems of one field."""
        self.editors[key].set_problems(problems)
        words = self.editors[key].words_for
        self.fields[key].set_error("\n".join(_at_field(it, words(it)) for it in problems[:3]))

    def refresh(self, draft: Draft) -> None:
        """Work out anew what the summary lines say, and which sections are needed."""
        for section, box in self._occasional:
            if section.shown is not None:
                box.setVisible(section.shown(draft))
        for section, label in self._summaries:
            text = section.summary(draft) if section.summary else ""
            label.setText(text)
            label.setVisible(bool(text))
        for panel in self.panels:
            panel.show_draft(draft)
        for section in self._design.sections:
            if section.offer is not None:
                self._show_offer(section, section.offer(draft))

    def _show_offer(self, section: Section, offer: Offer | None) -> None:
        for key in (key for line in section.lines for key in line):
            if key not in self.fields:
                continue
            is_meant = offer is not None and offer.key == key
            self.fields[key].set_offer(
                offer.text if is_meant and offer else "", self._taking(offer)
            )

    def _taking(self, offer: Offer | None) -> Callable[[], None]:
        def take() -> None:
            if offer is not None:
                editor = self.editors[offer.key]
                editor.set_raw(offer.text)
                editor.setFocus()
                editor.changed.emit()

        return take

    @property
    def wrong_fields(self) -> int:
        """How many fields show an error."""
        return sum(bool(field.error) for field in self.fields.values())

    def in_order(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return problems as one meets them when reading the form."""
        order = {key: place for place, key in enumerate(self.editors)}
        return sorted(problems, key=lambda item: order.get(item.field, -1))

    def focus(self, problem: Problem) -> None:
        """Put the cursor at a problem and bring it into view with its message."""
        if problem.field in self.editors:
            self.editors[problem.field].focus_problem(problem)
            QTimer.singleShot(0, self, lambda: self._bring_into_view(problem.field))

    def _bring_into_view(self, key: str) -> None:
        # The message has been set, but not yet been given its room.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.ensureWidgetVisible(self.fields[key], 0, SPACE_6)
        editor = self.editors[key]
        place = editor.place_of_cursor()
        at = editor.mapTo(self._holder, place.center())
        self.ensureVisible(at.x(), at.y(), 0, place.height() // 2 + SPACE_2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note which field the cursor leaves."""
        if event.type() == QEvent.Type.FocusOut and watched in self._watched:
            self.left.emit(self._watched[watched])
        return super().eventFilter(watched, event)

    def _add_section(self, section: Section) -> None:
        box = QWidget()
        self._column.addWidget(box)
        if section.shown is not None:
            self._occasional.append((section, box))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(text_label(_(section.title), "section"))
        self._add_panel(section, column)
        grid = QGridLayout()
        column.addLayout(grid)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_3)
        for unit in range(_GRID):
            grid.setColumnStretch(unit, 1)
        for row, line in enumerate(section.lines):
            share = _GRID // len(line)
            for place, key in enumerate(line):
                top = Qt.AlignmentFlag.AlignTop
                field = self._field(key, section)
                grid.addWidget(field, row, place * share, 1, share, top)
        if section.summary is not None:
            label = text_label("", "muted", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._summaries.append((section, label))
            column.addWidget(label)

    def _add_panel(self, section: Section, column: QVBoxLayout) -> None:
        panel = section.make_panel(self._session)
        if panel is not None:
            panel.reference_opened.connect(self.reference_opened)
            self.panels.append(panel)
            column.addWidget(panel)

    def _field(self, key: str, section: Section) -> LabelledField:
        declared = kind_of(self._design.kind).fields[key]
        editor = make_editor(key, declared, self._session, self._design.kind)
        labelled = LabelledField(
            _(declared.title),
            editor,
            required=declared.required,
            help_text=_(declared.description),
        )
        proxy = editor.focusProxy() or editor
        if section.bare:
            labelled.label.hide()
        editor.changed.connect(lambda: self.edited.emit(key))
        proxy.installEventFilter(self)
        proxy.installEventFilter(self._composition)
        self._watched[proxy] = key
        self.editors[key], self.fields[key] = editor, labelled
        return labelled

    def _set_tab_order(self) -> None:
        order = [self.editors[key] for key in self._design.placed()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


def _at_field(problem: Problem, message: str) -> str:
    """Return a problem without the field's own label, which stands above it anyway."""
    where = ""
    if problem.row is not None:
        where = _("第 {number} 行").format(number=problem.row + 1)
        if problem.column_title:
            where += f" {problem.column_title}"
    if not where:
        return message
    return _("{place}：{message}").format(place=where, message=message)
