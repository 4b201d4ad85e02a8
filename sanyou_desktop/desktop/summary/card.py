"""总结材料 on the page 上报: period, format, template; preview and export in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.summary.period_fields import PeriodFields
from sanyou_desktop.desktop.summary.preview import SummaryPreview, ToSee
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.radio_line import radio_line
from sanyou_desktop.exchange.page_pictures import PagePictures
from sanyou_desktop.model.periods import Period
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.summary_apart import Asked
    from sanyou_desktop.exchange.summary_result import Report

_WORD, _PDF = 0, 1


class SummaryCard(Card):
    """Writes nothing by itself; after an export it says what the operator must know."""

    def __init__(self, session: Session) -> None:
        """Suggest this year as a Word document in the layout of the standard."""
        super().__init__(_("总结材料"))
        self._session = session
        line = _(
            "由本期记录写成一份总结，按公文格式排版，附指标表和统计图。"
            "没有记录的部分不写，有密级的记录不列入。"
        )
        self.column.addWidget(text_label(line, "muted", wrap=True))
        self.period = PeriodFields(date.today(), _("起止都留空则写全部记录"))
        self.column.addWidget(self.period)
        formats = (_("Word 文档（可再修改）"), _("PDF"))
        self.format = radio_line(self, self.column, _("格式"), *formats)
        self.format.idToggled.connect(lambda *_args: self._show_template())
        self.column.addWidget(self._template_line())
        self.work = LongWork(session)
        self.column.addWidget(self.work)
        self.notes = text_label("", "muted", wrap=True)
        self.notes.setVisible(False)
        self.column.addWidget(self.notes)
        self.column.addLayout(self._foot())
        self._show_template()

    def _template_line(self) -> QWidget:
        self.template_name = text_label("", "caption", wrap=True)
        self.choose_button = button(_("选择模板…"), self.choose_template, icon_name="folder-open")
        self.drop_button = button(_("不用模板"), self.drop_template)
        self.example_button = button(_("存一份模板样例…"), self.save_example, role="link")
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.template_name, 1)
        for part in (self.example_button, self.drop_button, self.choose_button):
            row.addWidget(part)
        self._template_row = made
        return made

    def _foot(self) -> QHBoxLayout:
        self.preview_button = button(_("预览"), self.preview, icon_name="eye")
        self.export_button = button(_("导出总结材料…"), self.export, icon_name="file-text")
        self.work.hold(
            self.preview_button, self.export_button, self.choose_button, self.drop_button
        )
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(spacer())
        foot.addWidget(self.preview_button)
        foot.addWidget(self.export_button)
        return foot

    @property
    def template(self) -> Path | None:
        """The unit's own template, as long as it is there."""
        kept = self._session.preferences.summary_template
        return Path(kept) if kept else None

    def export(self) -> None:
        """Ask where to, and write the document in the background."""
        period = self.period.period()
        if period is None:
            return
        is_pdf = self.format.checkedId() == _PDF
        patterns = _("PDF 文件 (*.pdf)") if is_pdf else "Word (*.docx)"
        name = self._suggested(period) + (".pdf" if is_pdf else ".docx")
        path = self._session.ask.save_file(self, _("导出总结材料"), name, patterns)
        if path is None:
            return
        template = "" if is_pdf else str(self.template or "")

        def work(progress: Progress) -> Report:
            from sanyou_desktop.exchange import summary_apart

            return _noted(asked, summary_apart.write_apart(asked, progress))

        asked = self._asked(period, str(path), template)
        self._begin()
        self.work.run(
            _("正在写总结材料"),
            work,
            lambda written: self._written(path, written),
            cancelled=_("已取消，没有写入文件。"),
        )

    def preview(self) -> None:
        """Set the document in the background, and show its pages."""
        period = self.period.period()
        if period is None:
            return
        has_template = self.format.checkedId() == _WORD and self.template is not None

        def work(progress: Progress) -> ToSee:
            from sanyou_desktop.exchange import summary_apart

            looked = summary_apart.look_apart(asked, progress)
            told = list(looked.remarks)
            if has_template:
                told.append(_("预览是标准版面；导出 Word 文档时才套用模板。"))
            return ToSee(PagePictures(looked.pdf), tuple(told))

        asked = self._asked(period)
        self._begin()
        self.work.run(
            _("正在排版"), work, self._show_preview, cancelled=_("已取消，没有写入文件。")
        )

    def _asked(self, period: tuple[str, str], out: str = "", template: str = "") -> Asked:
        from sanyou_desktop.exchange.summary_apart import Asked

        language = self._session.preferences.language
        return Asked(str(self._session.path), *period, out, template, language)

    def choose_template(self) -> None:
        """Ask for the unit's own .docx, and keep it for the next time too."""
        path = self._session.ask.open_file(self, _("选择模板"), "Word (*.docx)")
        if path is not None:
            self._session.preferences.summary_template = str(path)
            self._show_template()

    def drop_template(self) -> None:
        """Go back to the layout of the standard."""
        self._session.preferences.summary_template = ""
        self._show_template()

    def save_example(self) -> None:
        """Write a template to begin with."""
        path = self._session.ask.save_file(
            self, _("存一份模板样例"), _("总结材料模板.docx"), "Word (*.docx)"
        )
        if path is None:
            return

        def work(_progress: Progress) -> None:
            from sanyou_desktop.exchange.template_example import write_example

            write_example(path)

        def done(_none: None) -> None:
            words = _("已存为 {name}。在 Word 或 WPS 中改好版面后，再点「选择模板」。")
            self._tell(path, words.format(name=path.name))

        self._begin()
        self.work.run(_("正在存模板样例"), work, done, cancelled=_("已取消，没有写入文件。"))

    def _suggested(self, period: tuple[str, str]) -> str:
        chosen = Period.between(*period)
        return _("{unit} {period} 三优一满意活动工作总结").format(
            unit=self._session.unit_name, period=chosen.in_words()
        )

    def _begin(self) -> None:
        self.work.banner.hide()
        self._note(())

    def _written(self, path: Path, written: Report) -> None:
        words = _("已导出 {name}，写入 {count} 件记录。")
        self._tell(path, words.format(name=path.name, count=written.records))
        self._note(written.remarks)

    def _tell(self, path: Path, text: str) -> None:
        self.work.banner.show_file(text, path)

    def _show_preview(self, looked: ToSee) -> None:
        self._note(looked.remarks)
        dialog = SummaryPreview(self, self._session, looked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _note(self, remarks: Sequence[str]) -> None:
        """Say what was left out, which fonts stand in, how the pages measure."""
        self.notes.setText("\n".join(_("· {remark}").format(remark=one) for one in remarks))
        self.notes.setVisible(bool(remarks))

    def _show_template(self) -> None:
        self._template_row.setVisible(self.format.checkedId() == _WORD)
        path = self.template
        self.template_name.setText(
            _("模板：{path}").format(path=path) if path else _("不用模板，按公文格式排版。")
        )
        self.drop_button.setVisible(path is not None)


def _noted(asked: Asked, written: Report) -> Report:
    """Note in the log what went out; where that cannot be, say so: the file is there."""
    from sanyou_desktop.ledger.exports import note_beside

    outgoing = written.outgoing(Path(asked.out), asked.first, asked.last)
    reason = note_beside(Path(asked.source), outgoing)
    if not reason:
        return written
    words = _("文件已写好，但没有记入导出登记：{reason}").format(reason=reason)
    return replace(written, remarks=(*written.remarks, words))
