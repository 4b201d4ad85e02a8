"""节假日表 in 设置: which years are known, and files in and out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel

from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.ledger.holidays import keep_tables, working_days_of
from sanyou_desktop.model.working_days import HolidayTable, WorkingDays
from sanyou_desktop.wording import _


class HolidayCard(Card):
    """Shows the known years; 导入 puts a year in the place of the one that was there."""

    def __init__(self, session: Session, banner: Banner) -> None:
        """Start without knowing; ``refresh`` reads the tables."""
        super().__init__(_("节假日表"))
        self._session, self._banner = session, banner
        self._calendar = WorkingDays()
        self.years: QLabel = text_label("", wrap=True)
        self.column.addWidget(self.years)
        text = _("整改时限、督办限办日期和检查计划按工作日推算。没有节假日表的年份只避开周末。")
        self.column.addWidget(text_label(text, "muted", wrap=True))
        text = _(
            "每年 11 月前后国务院办公厅公布下一年的安排，可写成每行「日期,放假」或"
            "「日期,上班」的 CSV、TXT 文件导入，也可导入本程序导出的 JSON 文件。"
        )
        self.column.addWidget(text_label(text, "caption", wrap=True))
        self.take = button(_("导入…"), self.import_file, icon_name="folder-open")
        self.take.setEnabled(not session.read_only)
        self.give = button(_("导出…"), self.export_file, icon_name="download")
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.take)
        row.addWidget(self.give)
        row.addStretch()
        self.column.addLayout(row)

    def refresh(self) -> None:
        """Read which years are known."""
        self._session.jobs.read(working_days_of, self._show, owner=self)

    def _show(self, calendar: WorkingDays) -> None:
        self._calendar = calendar
        years = _("、").join(str(year) for year in sorted(calendar.tables))
        text = _("已有 {years} 年的安排。").format(years=years)
        this, following = date.today().year, date.today().year + 1
        missing = [str(year) for year in (this, following) if not calendar.is_known(year)]
        if missing:
            text += _("还没有 {years} 年的安排。").format(years=_("、").join(missing))
        self.years.setText(text)

    def import_file(self) -> None:
        """Ask for a file, and put its years in the place of those that are known."""
        patterns = _("节假日表 (*.json *.csv *.txt);;所有文件 (*)")
        path = self._session.ask.open_file(self, _("导入节假日表"), patterns)
        if path is None:
            return

        def read(_progress: Progress) -> list[HolidayTable]:
            from sanyou_desktop.exchange.holiday_files import read_holidays

            return read_holidays(path)

        self._session.jobs.run(read, self._keep, owner=self, failed=self._refused)

    def _keep(self, tables: list[HolidayTable]) -> None:
        def kept(calendar: WorkingDays) -> None:
            self._show(calendar)
            years = _("、").join(str(table.year) for table in tables)
            self._banner.show_message(
                _("已导入 {years} 年的节假日表。").format(years=years), "good"
            )

        self._session.jobs.write(
            lambda ledger: keep_tables(ledger, tables), kept, owner=self, failed=self._refused
        )

    def export_file(self) -> None:
        """Ask where to, and write all known years there."""
        tables = list(self._calendar.tables.values())
        patterns = _("节假日表 (*.json)")
        path = self._session.ask.save_file(self, _("导出节假日表"), _("节假日表.json"), patterns)
        if path is None or not tables:
            return

        def write(_progress: Progress) -> Path:
            from sanyou_desktop.exchange.holiday_files import write_holiday_file

            write_holiday_file(path, tables)
            return path

        def written(path: Path) -> None:
            self._banner.show_message(_("已导出到 {path}").format(path=path), "good")

        self._session.jobs.run(write, written, owner=self, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._banner.show_message(explain(error), "bad")
