"""The days of a plan, looked at before inspections are made of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.inspections.generating import MOST_AT_ONCE, Due
from sanyou_desktop.desktop.lists.cell_delegate import text_rect
from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.parts import button, shortened, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import ROW_HEIGHT_COMPACT, SPACE_2, SPACE_3, SPACE_6
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.wording import N_, _

_WIDTH, _HEIGHT = 560, 560
_LONGEST_TITLE = 80
_MOST_DAYS_SHOWN = 500
_WEEKDAYS = (
    N_("星期一"),
    N_("星期二"),
    N_("星期三"),
    N_("星期四"),
    N_("星期五"),
    N_("星期六"),
    N_("星期日"),
)  # fmt: skip - a week a line


class GeneratingDialog(QDialog):
    """Lists the days with what is there and what is missing; accepted to make what is missing."""

    def __init__(self, parent: QWidget, due: Due) -> None:
        """List what ``due`` found."""
        super().__init__(parent)
        self.setWindowTitle(_("生成检查"))
        self.told = text_label(_summary(due), wrap=True)
        self.warning = Banner()
        self.days = _days(due)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(shortened(due.plan.title, _LONGEST_TITLE), "title", wrap=True))
        column.addWidget(self.told)
        column.addWidget(self.warning)
        column.addWidget(self.days, 1)
        column.addLayout(self._foot(due))
        warning = _warning(due)
        if warning:
            self.warning.show_message(warning, "bad" if due.is_too_much else "warn")
        awaited = self.make if self.make.isEnabled() else self.leave
        awaited.setDefault(True)
        awaited.setFocus()
        self.resize(_WIDTH, _HEIGHT)

    def _foot(self, due: Due) -> QHBoxLayout:
        count = len(due.missing)
        text = _("生成 {count} 份检查").format(count=count) if count else _("生成检查")
        self.make = button(text, self.accept, role="primary", icon_name="calendar-check")
        self.make.setEnabled(bool(count) and not due.is_too_much)
        self.leave = button(_("取消") if count else _("关闭"), self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for part in (spacer(), self.leave, self.make):
            foot.addWidget(part)
        return foot


def _summary(due: Due) -> str:
    if not due.days:
        return _("这个计划没有排出日期。请先在计划中填写检查频次和首次日期。")
    if due.is_too_much:
        return _("共 {days} 个日期，需要的检查超过 {most} 份。").format(
            days=len(due.days), most=MOST_AT_ONCE
        )
    every = _("共 {days} 个日期，每次 {each} 份检查：").format(
        days=len(due.days), each=due.departments
    )
    return every + _to_do(due) + _left_out(due)


def _to_do(due: Due) -> str:
    if not due.missing:
        return _("{there} 份都已生成，没有需要补的。").format(there=due.there)
    if due.there:
        told = _("已有 {there} 份，还缺 {count} 份。已有的不会改动。")
        return told.format(there=due.there, count=len(due.missing))
    return _("将生成 {count} 份，可以整批撤销。").format(count=len(due.missing))


def _left_out(due: Due) -> str:
    if not due.deleted:
        return ""
    told = _("另有 {count} 份已被删除，不再生成；需要的话，可在回收站里恢复。")
    return told.format(count=due.deleted)


def _warning(due: Due) -> str:
    if due.is_too_much:
        return _("一次最多生成 {most} 份。请核对计划的截止日期和受检部门，改小后再生成。").format(
            most=MOST_AT_ONCE
        )
    return "\n".join(filter(None, (_of_list(due), due.provisional))) if due.missing else ""


def _of_list(due: Due) -> str:
    if not due.plan.checklist:
        return _("计划没有选检查清单，生成的检查还没有检查项目，可以以后逐份填写。")
    if not due.items:
        return _("清单里还没有条目，生成的检查还没有检查项目。补充清单后再生成更省事。")
    if due.unknown:
        return _("清单待补充：还有 {count} 项没有录入，生成的检查只有已录入的 {items} 项。").format(
            count=due.unknown, items=due.items
        )
    return ""


class _Plain(QStyledItemDelegate):
    """Draws a text on the edge of its header, where a style sheet would move it off."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell with the line below it."""
        painter.save()
        rect = option.rect
        painter.setPen(QColor(colours().line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.setPen(QColor(colours().text))
        painter.setFont(tabular(option.font))
        painter.drawText(text_rect(rect), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()


def _days(due: Due) -> QTableWidget:
    shown = due.days[:_MOST_DAYS_SHOWN]
    table = QTableWidget(len(shown), 3)
    table.setAccessibleName(_("检查日期"))
    table.setHorizontalHeaderLabels([_("检查日期"), _("星期"), _("检查")])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setShowGrid(False)
    table.setItemDelegate(_Plain(table))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT_COMPACT)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setTabKeyNavigation(False)
    for row, day in enumerate(shown):
        for place, text in enumerate((day.isoformat(), _weekday(day), _made(due, day))):
            table.setItem(row, place, QTableWidgetItem(text))
    return table


def _weekday(day: date) -> str:
    return _(_WEEKDAYS[day.weekday()])


def _made(due: Due, day: date) -> str:
    if due.is_too_much:
        return "—"
    missing, gone = due.lacking.get(day, 0), due.gone.get(day, 0)
    parts = (
        (_("生成 {count} 份"), missing),
        (_("已有 {count} 份"), due.departments - missing - gone),
        (_("已删除 {count} 份"), gone),
    )
    return _("，").join(text.format(count=count) for text, count in parts if count)
