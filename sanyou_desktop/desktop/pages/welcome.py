"""The page before any ledger is open: make one, open one, look at the sample."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.editors.choice import ChoiceEditor
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import (
    FORM_WIDTH,
    MINIMUM_WINDOW,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_8,
)
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Choice
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

LEDGER_ENDING = ".sytz"
_MARK = 48


def ledger_patterns() -> str:
    """Return the file dialog's filter for ledgers."""
    return _("三优台账 (*.sytz *.db *.sqlite);;所有文件 (*)")


class WelcomeWindow(QMainWindow):
    """The window that holds the page.

    Signals:
        closing: the user closed it.
    """

    closing = Signal()

    def __init__(self, ask: Ask, preferences: Preferences) -> None:
        """Hold a page of its own."""
        super().__init__()
        self.setWindowTitle(_("三优台账"))
        self.setMinimumSize(*MINIMUM_WINDOW)
        self.page = WelcomePage(ask, preferences)
        self.setCentralWidget(self.page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so."""
        event.accept()
        self.closing.emit()


class WelcomePage(QWidget):
    """Asks for what a new ledger needs, and shows those opened lately.

    Signals:
        wanted: the path of a ledger to open.
        made: path and unit of a ledger to make.
        sample_wanted: the path of a sample ledger to make.
        restore_wanted: a backup, and the path of the ledger it is to become.
    """

    wanted = Signal(object)
    made = Signal(object, object)
    sample_wanted = Signal(object)
    restore_wanted = Signal(object, object)

    def __init__(self, ask: Ask, preferences: Preferences) -> None:
        """Show the recent ledgers of ``preferences``."""
        super().__init__()
        self._ask = ask
        self.setProperty("role", "canvas")
        inside = QWidget()
        inside.setMaximumWidth(FORM_WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_4, SPACE_8, SPACE_4, SPACE_8)
        column.setSpacing(SPACE_4)
        column.addLayout(self._heading())
        self.message = text_label("", "error", wrap=True)
        self.message.hide()
        column.addWidget(self.message)
        recent = [path for path in preferences.recent if path.exists()]
        if recent:
            column.addWidget(self._recent(recent))
        column.addWidget(self._new())
        column.addWidget(self._others())
        column.addStretch()
        scroll = QScrollArea(widgetResizable=True)
        holder = QWidget()
        centre = QHBoxLayout(holder)
        centre.addStretch(1)
        centre.addWidget(inside, 8)
        centre.addStretch(1)
        scroll.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def tell(self, text: str) -> None:
        """Say why something did not work."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        mark = QLabel()
        mark.setPixmap(icon("app", "accent").pixmap(QSize(_MARK, _MARK)))
        row.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(_("三优台账"), "page"))
        words.addWidget(
            text_label(_("优质服务 · 优良作风 · 优美环境 · 做机关满意的后勤部门"), "muted")
        )
        row.addLayout(words, 1)
        return row

    def _recent(self, paths: list[Path]) -> Card:
        card = Card(_("最近打开"))
        for path in paths:
            row = QHBoxLayout()
            row.setSpacing(SPACE_2)
            row.addWidget(button(path.stem, partial(self.wanted.emit, path), role="link"))
            row.addWidget(text_label(str(path.parent), "caption"))
            row.addStretch()
            card.column.addLayout(row)
        return card

    def _new(self) -> Card:
        card = Card(_("新建台账"))
        fields = kind_of("unit").fields
        self.name, self.code, self.superior = QLineEdit(), QLineEdit(), QLineEdit()
        level = fields["level"]
        assert isinstance(level, Choice)
        self.level = ChoiceEditor(level)
        self.fields = {
            "name": LabelledField(_("单位名称"), self.name, required=True),
            "code": LabelledField(
                _("单位代码"), self.code, required=True, help_text=_(fields["code"].description)
            ),
            "level": LabelledField(_("层级"), self.level),
            "superior": LabelledField(_("上级单位代码"), self.superior),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_3)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.fields["name"], 0, 0, 1, 2, top)
        for place, key in enumerate(("code", "level")):
            grid.addWidget(self.fields[key], 1, place, top)
        grid.addWidget(self.fields["superior"], 2, 0, top)
        card.column.addLayout(grid)
        row = QHBoxLayout()
        row.addStretch()
        self.create_button = button(_("选择保存位置并新建…"), self.create_ledger, role="primary")
        row.addWidget(self.create_button)
        card.column.addLayout(row)
        return card

    def _others(self) -> Card:
        card = Card(_("其他"))
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(button(_("打开已有台账…"), self._open, icon_name="folder-open"))
        row.addWidget(button(_("从备份恢复…"), self.restore, icon_name="archive-restore"))
        row.addWidget(button(_("生成示例台账…"), self._sample, icon_name="layers"))
        row.addStretch()
        card.column.addLayout(row)
        line = _("示例台账收录福建省机关后勤部门开展三优一满意活动的 53 项做法，可放心试用。")
        card.column.addWidget(text_label(line, "caption", wrap=True))
        return card

    def create_ledger(self) -> None:
        """Check what was typed, ask where to, and hand it on."""
        given = {
            "name": self.name.text(),
            "code": self.code.text(),
            "level": str(self.level.raw()),
            "superior": self.superior.text(),
        }
        for field in self.fields.values():
            field.set_error("")
        try:
            unit = Draft.from_json("unit", given, unit=given["code"].strip()).accepted()
        except Invalid as invalid:
            for problem in invalid.problems:
                if problem.field in self.fields:
                    self.fields[problem.field].set_error(problem.message)
            self.fields[invalid.problems[0].field].editor.setFocus()
            return
        assert isinstance(unit, Unit)
        path = self._where(f"{unit.name}{LEDGER_ENDING}")
        if path is not None:
            self.made.emit(path, unit)

    def _open(self) -> None:
        path = self._ask.open_file(self, _("打开台账"), ledger_patterns())
        if path is not None:
            self.wanted.emit(path)

    def restore(self) -> None:
        """Ask which backup is to become a ledger again, and where."""
        from sanyou_desktop.ledger.backup_rotation import ledger_of

        backup = self._ask.open_file(self, _("选择备份"), ledger_patterns())
        if backup is None:
            return
        path = self._ask.save_file(
            self, _("恢复到（原有的台账会保留）"), str(ledger_of(backup)), ledger_patterns()
        )
        if path is not None:
            self.restore_wanted.emit(backup, path)

    def _sample(self) -> None:
        path = self._where(_("三优示例台账") + LEDGER_ENDING)
        if path is not None:
            self.sample_wanted.emit(path)

    def _where(self, suggested: str) -> Path | None:
        path = self._ask.save_file(self, _("保存台账"), suggested, ledger_patterns())
        if path is not None and not path.suffix:
            path = path.with_name(path.name + LEDGER_ENDING)
        return path
