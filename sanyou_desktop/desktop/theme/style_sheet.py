"""The one style sheet, made from the tokens. Variations are chosen by the property ``role``."""

from __future__ import annotations

from pathlib import Path

from sanyou_desktop.desktop.theme.tokens import (
    BIG,
    CAPTION,
    CONTROL_HEIGHT,
    ICON_SMALL,
    PAGE,
    RADIUS,
    SECTION,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_6,
    Colours,
)
from sanyou_desktop.resources import resource_path

# A line edit keeps this much between its padding and its text; others line up with it.
_INSET = 2
# An item of a view keeps this much more between its padding and its text than a header does.
_ITEM_INSET = 3


def style_sheet(c: Colours, base: float) -> str:
    """Return the application's style sheet in the colours given; ``base`` is in points."""
    made = (_panes, _texts, _buttons, _indicators, _inputs, _tables, _menus)
    return "\n".join((_sizes(base), *(part(c) for part in made)))


def _panes(c: Colours) -> str:
    return f"""
    QMainWindow, QDialog, QWidget[role="canvas"] {{ background: {c.canvas}; }}
    QWidget[role="card"] {{
        background: {c.surface}; border: 1px solid {c.line}; border-radius: {RADIUS}px; }}
    QWidget[role="navigation"] {{
        background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
    QWidget[role="form"], QScrollArea[role="form"] {{ background: {c.surface}; border: none; }}
    QFrame[role="line"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
    QSplitter::handle {{ background: transparent; }}
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line_strong};
        padding: {SPACE_1}px; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollBar {{ background: transparent; margin: 0; }}
    QScrollBar:vertical {{ width: 10px; }} QScrollBar:horizontal {{ height: 10px; }}
    QScrollBar::handle {{ background: {c.line_strong}; border-radius: 3px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QFrame[role="banner"] {{ border-radius: {RADIUS}px; border: 1px solid {c.line}; }}
    QFrame[tone="good"] {{ background: {c.good_tint}; border-color: {c.good}; }}
    QFrame[tone="warn"] {{ background: {c.warn_tint}; border-color: {c.warn}; }}
    QFrame[tone="bad"] {{ background: {c.bad_tint}; border-color: {c.bad}; }}
    QFrame[tone="info"] {{ background: {c.selection}; border-color: {c.accent}; }}
    """


def _texts(c: Colours) -> str:
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[role="muted"], QLabel[role="caption"] {{ color: {c.muted}; }}
    QLabel[role="section"] {{ color: {c.accent}; font-weight: bold; }}
    QLabel[role="error"] {{ color: {c.bad}; }}
    QLabel[role="missing"] {{ color: {c.muted}; background: {c.canvas};
        border: 1px dashed {c.line_strong}; border-radius: {RADIUS}px; }}
    QLabel[role="page"], QLabel[role="title"], QLabel[role="big"] {{ font-weight: bold; }}
    """


def _sizes(base: float) -> str:
    scales = {"caption": CAPTION, "section": SECTION, "title": SECTION, "page": PAGE, "big": BIG}
    return "\n".join(
        f'QLabel[role="{role}"] {{ font-size: {base * scale:.2f}pt; }}'
        for role, scale in scales.items()
    )


def _buttons(c: Colours) -> str:
    return f"""
    QPushButton {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.line_strong};
        border-radius: {RADIUS}px; padding: 0 {SPACE_3}px; min-height: {CONTROL_HEIGHT - 4}px; }}
    QPushButton:hover {{ background: {c.hover}; }}
    QPushButton:pressed {{ background: {c.selection}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 0 {SPACE_3 - 1}px;
        min-height: {CONTROL_HEIGHT - 6}px; }}
    QPushButton:disabled {{ color: {c.faint}; border-color: {c.line}; }}
    QPushButton[role="primary"] {{
        background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QPushButton[role="primary"]:hover {{ background: {c.accent_hover}; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
    QPushButton[role="primary"]:disabled {{
        background: {c.muted_tint}; color: {c.faint}; border-color: {c.line}; }}
    QPushButton[role="danger"] {{ color: {c.bad}; border-color: {c.bad}; }}
    QPushButton[role="link"] {{ border: 1px solid transparent; background: transparent;
        color: {c.accent}; padding: 0 {SPACE_1}px; min-height: 22px; }}
    QPushButton[role="link"]:focus {{ border: 1px solid {c.accent}; }}
    QPushButton[role="chip"] {{ border-radius: 13px; min-height: 26px; padding: 0 {SPACE_3}px; }}
    QPushButton[role="chip"]:checked {{
        background: {c.selection}; color: {c.accent}; border-color: {c.accent}; }}
    QPushButton[role="chip"]:focus {{ border: 2px solid {c.accent}; padding: 0 {SPACE_3 - 1}px;
        min-height: 24px; }}
    QToolButton {{ background: transparent; border: 1px solid transparent;
        border-radius: {RADIUS}px; padding: {SPACE_1}px; }}
    QToolButton:hover {{ background: {c.hover}; }}
    QToolButton:checked {{ background: {c.selection}; }}
    QToolButton:focus {{ border-color: {c.accent}; }}
    QCheckBox, QRadioButton {{ spacing: {SPACE_2}px; }}
    """


def tick_of(c: Colours) -> Path:
    """Return the tick of a box; a style sheet takes it only from a file of its colour."""
    return resource_path("icons", f"tick-{c.on_accent.removeprefix('#')}.svg")


def _indicators(c: Colours) -> str:
    """Return frames that can be seen: Fusion's own are darker than the window, whatever it is."""
    side = ICON_SMALL - 2
    dot = (
        f"qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 {c.accent},"
        f" stop: 0.5 {c.accent}, stop: 0.6 {c.surface}, stop: 1 {c.surface})"
    )
    return f"""
    QRadioButton::indicator {{ width: {side}px; height: {side}px; background: {c.surface};
        border: 1px solid {c.muted}; border-radius: {ICON_SMALL // 2}px; }}
    QRadioButton::indicator:checked {{ background: {dot}; border-color: {c.accent}; }}
    QRadioButton::indicator:disabled {{ border-color: {c.line_strong}; }}
    QCheckBox::indicator, QListWidget::indicator {{ width: {side}px; height: {side}px;
        background: {c.surface}; border: 1px solid {c.muted}; border-radius: 3px; }}
    QCheckBox::indicator:checked, QListWidget::indicator:checked {{
        background: {c.accent}; border-color: {c.accent};
        image: url("{tick_of(c).as_posix()}"); }}
    QCheckBox::indicator:disabled {{ border-color: {c.line_strong}; }}
    QCheckBox::indicator:checked:disabled {{ background: {c.faint}; }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {c.accent};
        width: {side - 2}px; height: {side - 2}px; }}
    QCheckBox::indicator:checked:focus {{ border-color: {c.text}; }}
    """


def _inputs(c: Colours) -> str:
    edits = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QComboBox")

    def each(suffix: str) -> str:
        return ", ".join(edit + suffix for edit in edits)

    return f"""
    {each("")} {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.line_strong};
        border-radius: {RADIUS}px; padding: 0 {SPACE_2}px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QLineEdit, QComboBox {{ min-height: {CONTROL_HEIGHT - 4}px; }}
    QComboBox {{ padding: 0 {SPACE_2 + _INSET}px; }}
    QPlainTextEdit, QTextEdit {{ padding: {SPACE_1}px {SPACE_1 + _INSET}px; }}
    {each(":focus")} {{ border: 2px solid {c.accent}; padding: 0 {SPACE_2 - 1}px; }}
    QComboBox:focus {{ padding: 0 {SPACE_2 + _INSET - 1}px; }}
    QLineEdit:focus, QComboBox:focus {{ min-height: {CONTROL_HEIGHT - 6}px; }}
    QPlainTextEdit:focus, QTextEdit:focus {{
        padding: {SPACE_1 - 1}px {SPACE_1 + _INSET - 1}px; }}
    {each('[invalid="true"]')} {{ border-color: {c.bad}; }}
    {each('[readOnly="true"]')}, {each(":disabled")} {{
        background: {c.canvas}; color: {c.muted}; border-color: {c.line}; }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox QAbstractItemView {{ background: {c.raised}; border: 1px solid {c.line_strong};
        selection-background-color: {c.selection}; selection-color: {c.text}; outline: none; }}
    QComboBox QAbstractItemView::item {{ min-height: 30px; padding: 0 {SPACE_2}px; }}
    QAbstractItemView QLineEdit, QAbstractItemView QComboBox {{
        border: 2px solid {c.accent}; border-radius: 0; padding: 0 {SPACE_1}px; min-height: 0; }}
    QAbstractItemView QPlainTextEdit {{ border: 2px solid {c.accent}; border-radius: 0; }}
    """


def _tables(c: Colours) -> str:
    return f"""
    QTableView, QListView {{
        background: {c.surface}; border: 1px solid {c.line}; border-radius: {RADIUS}px;
        gridline-color: {c.line}; outline: none; alternate-background-color: {c.surface};
        selection-background-color: {c.selection}; selection-color: {c.text}; }}
    QTableView::item {{ padding: 0 {SPACE_2 - _ITEM_INSET}px; border: none; }}
    QTableView[sheet="true"]::item {{ padding: 0 {SPACE_1 - _ITEM_INSET}px; }}
    QHeaderView {{ background: {c.header}; border: none; }}
    QHeaderView::section {{
        background: {c.header}; color: {c.muted}; border: none;
        border-bottom: 1px solid {c.line}; padding: 0 {SPACE_2}px; }}
    QTableView[sheet="true"] QHeaderView::section {{
        border-right: 1px solid {c.line}; padding: 0 {SPACE_1}px; }}
    QTableCornerButton::section {{ background: {c.header}; border: none;
        border-bottom: 1px solid {c.line}; border-right: 1px solid {c.line}; }}
    QTreeView {{
        background: {c.surface}; border: 1px solid {c.line}; border-radius: {RADIUS}px;
        outline: none; alternate-background-color: {c.surface};
        selection-background-color: {c.selection}; selection-color: {c.text}; }}
    QTreeView::item {{ min-height: {CONTROL_HEIGHT - 4}px; padding: 0 {SPACE_2 - _ITEM_INSET}px;
        border-bottom: 1px solid {c.line}; }}
    QTreeView::item:selected {{ background: {c.selection}; }}
    QWidget[role="plot"] {{ background: {c.surface}; border: 2px solid transparent;
        border-radius: {RADIUS}px; }}
    QWidget[role="plot"]:focus {{ border-color: {c.accent}; }}
    QTreeView:focus {{ border-color: {c.accent}; }}
    QListView[role="navigation"] {{ border: none; background: transparent; }}
    QListView[role="lines"] {{ border: 1px solid {c.line}; border-radius: {RADIUS}px;
        background: {c.surface}; padding: {SPACE_1}px 0; }}
    """


def _menus(c: Colours) -> str:
    return f"""
    QMenuBar {{ background: {c.surface}; border-bottom: 1px solid {c.line}; }}
    QMenuBar::item {{ padding: {SPACE_1}px {SPACE_3}px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.selection}; }}
    QMenu {{ background: {c.raised}; border: 1px solid {c.line_strong}; padding: {SPACE_1}px; }}
    QMenu::item {{ padding: {SPACE_1 + 2}px {SPACE_6}px; border-radius: {RADIUS - 2}px; }}
    QMenu::item:selected {{ background: {c.selection}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.faint}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: {SPACE_1}px {SPACE_2}px; }}
    QProgressBar {{ border: none; background: {c.muted_tint}; border-radius: 3px;
        max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QTabBar::tab {{ padding: {SPACE_2}px {SPACE_4}px; }}
    """
