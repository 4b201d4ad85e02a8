"""上报: write the report workbook, and bring the shared workbook up to date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.own_form.card import OwnFormCard
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.pages.export_log_card import ExportLogCard
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.pages.return_card import ReturnCard
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.sharing.card import WORKBOOKS, ShareCard
from sanyou_desktop.desktop.sharing.noted import noted
from sanyou_desktop.desktop.sharing.queue import ShareQueue
from sanyou_desktop.desktop.summary.card import SummaryCard
from sanyou_desktop.desktop.summary.period_fields import PeriodFields
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.widgets.button_row import button_row
from sanyou_desktop.desktop.widgets.card_columns import CardColumns
from sanyou_desktop.model.periods import Period
from sanyou_desktop.wording import _


class UpwardPage(Page):
    """A card for each way up: report, summary, a form, shared workbook, what was sent back."""

    def __init__(self, session: Session, queue: ShareQueue) -> None:
        """Suggest all time for the report, this year for what is written of it.

        ``queue`` updates the shared workbook, whether the page is in view or not.
        """
        super().__init__(_("上报"), session)
        self.work = LongWork(session)
        self.banner = self.work.banner
        self.column.addWidget(self.work)
        self.summary = SummaryCard(session)
        self.own_form = OwnFormCard(session)
        self.returned = ReturnCard(session, self.banner.show_message)
        self.log = ExportLogCard(session)
        self.sharing = ShareCard(session, queue)
        queue.ended.connect(self.log.refresh)
        first = (self._report_card(), self.summary)
        second = (self.own_form, self.sharing, self.returned, self.log)
        self.column.addWidget(CardColumns(first, second))
        self.column.addStretch(1)
        self.work.hold(self.export_button)

    def _report_card(self) -> Card:
        card = Card(_("上报工作簿"))
        line = _(
            "把本期的承诺、制度、检查、整改、满意度和活动写成一个 Excel 工作簿，"
            "每类一张表，可直接打印。"
        )
        card.column.addWidget(text_label(line, "muted", wrap=True))
        self.period = PeriodFields(date.today(), _("起止都留空则导出全部记录"))
        # Everything, unless somebody asks for less: what has no date is in no period.
        self.period.choose(Period())
        card.column.addWidget(self.period)
        self.confidential = QCheckBox(_("连同有密级的记录（导出前再确认一次）"))
        self.photos = QCheckBox(_("附上照片的缩略图（每条记录最多 6 张）"))
        card.column.addWidget(self.photos)
        card.column.addWidget(self.confidential)
        self.export_button = button(
            _("导出上报工作簿…"), self.export, role="primary", icon_name="file-spreadsheet"
        )
        card.column.addLayout(button_row(self.export_button))
        return card

    def export(self) -> None:
        """Ask where to, and write the report workbook in the background."""
        period = self.period.period()
        if period is None:
            return
        name = _("{unit} 三优台账 {period}.xlsx").format(
            unit=self.session.unit_name, period=period[0][:4] or _("全部")
        )
        path = self.session.ask.save_file(self, _("导出上报工作簿"), name, WORKBOOKS)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".xlsx")
        confidential = self.confidential.isChecked()
        if confidential and not self._confirmed(path):
            return
        # Asked for anew each time.
        self.confidential.setChecked(False)
        source, photos = self.session.path, self.photos.isChecked()

        def work(progress: Progress) -> str:
            from sanyou_desktop.exchange.report_workbook import export_report
            from sanyou_desktop.ledger.ledger import Ledger

            with Ledger.open(source, read_only=True) as ledger:
                done = export_report(
                    ledger,
                    path,
                    *period,
                    progress=progress,
                    confidential=confidential,
                    photos=photos,
                )
            return noted(source, done.outgoing)

        def done(result: str) -> None:
            self.log.refresh()
            words = _("已导出 {name}：{result}").format(name=path.name, result=result)
            self.banner.show_file(words, path)

        self.work.run(_("正在写上报工作簿"), work, done, cancelled=_("已取消，没有写入文件。"))

    def refresh(self) -> None:
        """Look again at what was exported."""
        self.log.refresh()

    def _confirmed(self, path: Path) -> bool:
        """Ask for the second act that lets confidential records go."""
        question = _(
            "{name} 将连同有密级的记录一起导出。\n\n"
            "文件离开本机后不再受台账保护，请先确认接收单位和传送方式符合保密规定。"
            "文件的封面和每页会印上最高密级，这次导出会记入导出登记。"
        ).format(name=path.name)
        return self.session.ask.confirm(self, question, _("包含密级记录并导出"))
