"""A font that has Chinese: the system's if it has one, else the subset that we ship (OFL)."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from sanyou_desktop.resources import resource_path

PREFERRED = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
_BUNDLED = "NotoSansCJKsc-Regular-subset.otf"


def ensure_chinese_font(app: QApplication) -> str:
    """Give the application a font with Chinese and even digits; return its family.

    Raises:
        FileNotFoundError: no system font has Chinese and the bundled one is missing.
    """
    family = _system_family() or _bundled_family()
    font = QFont(app.font())
    font.setFamilies([family, *font.families()])
    app.setFont(font)
    return family


def tabular(font: QFont) -> QFont:
    """Return the font with digits of one width, so that figures in a column line up."""
    even = QFont(font)
    if hasattr(even, "setFeature"):
        even.setFeature(QFont.Tag("tnum"), 1)
    return even


def _system_family() -> str:
    families = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    # A Japanese or Korean face of the same family draws some characters in its country's form.
    for family in PREFERRED:
        if family in families:
            return family
    return min(families, default="")


def _bundled_family() -> str:
    path = resource_path("fonts", _BUNDLED)
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise FileNotFoundError(path)
    return families[0]
