"""Qt's own windows in the user's language, where Qt's own translation has gaps."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from sanyou_desktop.wording import SOURCE_LANGUAGE

# Seen in English in the file dialog of Qt 6.8 to 6.12 under qtbase_zh_CN.
_MISSING = {
    "&Look in:": "查找范围(&L)：",
    "Files of &type:": "文件类型(&T)：",
    "Rename": "重命名",
    "Drive": "磁盘",
    "File": "文件",
    "File Folder": "文件夹",
    "Folder": "文件夹",
    "Alias": "替身",
    "Shortcut": "快捷方式",
    "Unknown": "未知",
    "%1 File": "%1 文件",
    "Today": "今天",
}


def translate_qt(app: QApplication, language: str) -> None:
    """Have Qt's menus, dialogs, calendar and dates speak ``language`` (zh_CN or en)."""
    QLocale.setDefault(QLocale(language))
    for former in app.findChildren(QTranslator):
        app.removeTranslator(former)
        former.deleteLater()
    if language != SOURCE_LANGUAGE:
        return
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # The one installed last is asked first.
    app.installTranslator(_Gaps(app))
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


class _Gaps(QTranslator):
    """Knows what Qt's translation lacks."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return _MISSING.get(text) if context.startswith("Q") else None
