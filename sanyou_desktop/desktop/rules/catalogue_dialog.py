"""制度汇编目录: which rules, as which file; written in the background, and it can be stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
)

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.sharing.noted import noted
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.radio_line import radio_line
from sanyou_desktop.wording import _

_WIDTH = 560


def open_catalogue(place: Place) -> QDialog:
    """Ask what to write."""
    return show(CatalogueDialog(place))


class CatalogueDialog(QDialog):
    """Stays open after writing, so that the other file can be written too."""

    def __init__(self, place: Place) -> None:
        """Suggest the workbook of what is in force."""
        super().__init__(place.widget)
        self._session = place.session
        self.setWindowTitle(_("制度汇编目录"))
        self.setMinimumWidth(_WIDTH)
        self.work = LongWork(place.session)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        words = _("按类别列出制度，可打印、可上报。有密级的制度不列入。")
        column.addWidget(text_label(words, "muted", wrap=True))
        scopes = (_("现行有效（含修订中）"), _("全部（含已废止和起草中）"))
        self.scope = radio_line(self, column, _("范围"), *scopes)
        formats = (_("Excel 工作簿"), _("Word 文档（公文格式）"))
        self.format = radio_line(self, column, _("格式"), *formats)
        self.texts = QCheckBox(_("目录后附制度正文"))
        self.texts.setEnabled(False)
        self.format.idToggled.connect(lambda *_args: self._format_chosen())
        column.addWidget(self.texts)
        column.addWidget(self.work)
        column.addStretch()
        column.addLayout(self._foot())
        self.scope.button(0).setFocus()

    def _foot(self) -> QHBoxLayout:
        self.take = button(_("导出…"), self.go, role="primary", icon_name="download")
        self.take.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(spacer())
        foot.addWidget(button(_("关闭"), self.reject))
        foot.addWidget(self.take)
        self.work.hold(self.take)
        return foot

    def _format_chosen(self) -> None:
        self.texts.setEnabled(self.format.checkedId() == 1)

    def go(self) -> None:
        """Ask where to, and write."""
        is_document = self.format.checkedId() == 1
        suffix = ".docx" if is_document else ".xlsx"
        patterns = "Word (*.docx)" if is_document else "Excel (*.xlsx)"
        suggested = _("{unit} 制度汇编目录").format(unit=self._session.unit_name) + suffix
        path = self._session.ask.save_file(self, _("制度汇编目录"), suggested, patterns)
        if path is not None:
            self._write(path if path.suffix else path.with_suffix(suffix), is_document=is_document)

    def _write(self, path: Path, *, is_document: bool) -> None:
        source = self._session.path
        only_in_force, with_texts = self.scope.checkedId() == 0, self.texts.isChecked()

        def work(progress: Progress) -> str:
            from sanyou_desktop.exchange import catalogue_document, catalogue_workbook
            from sanyou_desktop.ledger.ledger import Ledger

            with Ledger.open(source, read_only=True) as ledger:
                if is_document:
                    written = catalogue_document.write_catalogue(
                        ledger,
                        path,
                        only_in_force=only_in_force,
                        with_texts=with_texts,
                        progress=progress,
                    )
                else:
                    written = catalogue_workbook.write_catalogue(
                        ledger, path, only_in_force=only_in_force, progress=progress
                    )
            return noted(source, written.outgoing(path))

        def done(told: str) -> None:
            words = _("已导出 {name}：{result}").format(name=path.name, result=told)
            self.work.banner.show_file(words, path)

        title = _("正在写制度汇编目录")
        self.work.run(title, work, done, cancelled=_("已取消，没有写入文件。"))

    def reject(self) -> None:
        """Stop what is being written before going away."""
        if not self.take.isEnabled():
            self.work.progress.cancelled.emit()
        super().reject()
