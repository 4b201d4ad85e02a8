"""The only place that opens a message box or a file dialog; handed in, so that tests answer."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from sanyou_desktop.exchange.file_names import file_name
from sanyou_desktop.wording import _


class Answer(Enum):
    """What the user chose about unsaved work."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Ask:
    """Questions to the user, with words on their buttons that say what will happen."""

    _last_folder: Path | None = None

    def save_discard_cancel(self, parent: QWidget, text: str) -> Answer:
        """Ask what to do with unsaved work."""
        box = QMessageBox(QMessageBox.Icon.Question, _("尚未保存"), text, parent=parent)
        save = box.addButton(_("保存"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(_("不保存"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        chosen = box.clickedButton()
        if chosen is save:
            return Answer.SAVE
        return Answer.DISCARD if chosen is discard else Answer.CANCEL

    def confirm(self, parent: QWidget, text: str, yes_text: str) -> bool:
        """Ask before something that cannot be undone; ``yes_text`` names it."""
        box = QMessageBox(QMessageBox.Icon.Question, _("请确认"), text, parent=parent)
        yes = box.addButton(yes_text, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is yes

    def tell(self, parent: QWidget | None, text: str, detail: str = "") -> None:
        """Tell something that must not be missed; ``detail`` can be unfolded and copied."""
        box = QMessageBox(QMessageBox.Icon.Warning, _("三优台账"), text, parent=parent)
        if detail:
            box.setDetailedText(detail)
        box.addButton(_("知道了"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def open_file(
        self, parent: QWidget, title: str, patterns: str, folder: Path | None = None
    ) -> Path | None:
        """Return the file the user picked, None if none; ``folder`` is shown first."""
        begin = str(folder or self._folder())
        chosen, _filter = QFileDialog.getOpenFileName(parent, title, begin, patterns)
        return self._chosen(chosen)

    def open_files(self, parent: QWidget, title: str, patterns: str) -> list[Path]:
        """Return the files the user picked."""
        chosen, _filter = QFileDialog.getOpenFileNames(parent, title, str(self._folder()), patterns)
        return [path for path in map(self._chosen, chosen) if path]

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        """Return the folder the user picked, None if none."""
        chosen = QFileDialog.getExistingDirectory(parent, title, str(self._folder()))
        if chosen:
            self._last_folder = Path(chosen)
        return Path(chosen) if chosen else None

    def save_file(
        self, parent: QWidget, title: str, suggested: str, patterns: str, *, overwrite: bool = True
    ) -> Path | None:
        """Return where to save, None if nowhere.

        ``suggested`` is a name, made to fit what systems take, or a whole path. With ``overwrite``
        False an existing file may be picked without a question, because it will be added to, not
        replaced.
        """
        options = QFileDialog.Option(0)
        if not overwrite:
            options |= QFileDialog.Option.DontConfirmOverwrite
        begin = str(self._folder() / _fitting(suggested, patterns))
        chosen, _filter = QFileDialog.getSaveFileName(
            parent, title, begin, patterns, options=options
        )
        path = self._chosen(chosen)
        return path and self._with_ending(parent, path, patterns, overwrite=overwrite)

    def _with_ending(
        self, parent: QWidget, path: Path, patterns: str, *, overwrite: bool
    ) -> Path | None:
        """Return the path with an ending of ``patterns``, None if its file is not to be replaced.

        检查 2026.3 has none: what follows the point is part of the name. The system's dialog has
        asked about the name as it was typed, not about the one that it becomes.
        """
        endings = _endings(patterns)
        if not endings or path.name.lower().endswith(tuple(endings)):
            return path
        whole = path.with_name(path.name + endings[0])
        question = _("{path} 已经存在，替换它吗？").format(path=whole)
        if overwrite and whole.exists() and not self.confirm(parent, question, _("替换")):
            return None
        return whole

    def _folder(self) -> Path:
        """Return where the last file was picked, at first the user's documents.

        Never the working folder, which is the program's own when started from a menu.
        """
        if self._last_folder is None:
            documents = QStandardPaths.StandardLocation.DocumentsLocation
            folder = Path(QStandardPaths.writableLocation(documents))
            self._last_folder = folder if folder.is_dir() else Path.home()
        return self._last_folder

    def _chosen(self, path: str) -> Path | None:
        if not path:
            return None
        self._last_folder = Path(path).parent
        return Path(path)


def _fitting(suggested: str, patterns: str) -> str:
    """Return a suggested name without what no system takes; a whole path stays as it is."""
    if Path(suggested).is_absolute():
        return suggested
    known = [one for one in _endings(patterns) if suggested.lower().endswith(one)]
    ending = max(known, key=len, default=Path(suggested).suffix)
    return file_name(suggested[: len(suggested) - len(ending)], ending, _("未命名"))


def _endings(patterns: str) -> list[str]:
    """Return the endings in the patterns of a file dialog."""
    return re.findall(r"\*(\.[\w.-]+)", patterns)
