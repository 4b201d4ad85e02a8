"""上级套表 on the page 上报: choose the form, match its columns, fill it and store it anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.summary.period_fields import PeriodFields
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.own_form.dialog import Chosen, OwnFormDialog
    from sanyou_desktop.exchange.own_form.cards import CardsWritten
    from sanyou_desktop.exchange.own_form.from_ledger import Wanted, Written
    from sanyou_desktop.exchange.own_form.looking import Form, Look

FORMS = "Excel (*.xlsx *.xlsm)"


class OwnFormCard(Card):
    """Every form is matched once; the ledger remembers it by its headers."""

    def __init__(self, session: Session) -> None:
        """Suggest this year, and the own unit's records."""
        super().__init__(_("上级套表"))
        self._session = session
        line = _(
            "上级发来的 Excel 表，选一次各列填什么，就能用台账里的记录填好。"
            "表的格式、公式、图表和其他内容都原样保留。"
            "填好的表被改过以后，在列表页用「导入表格」读回，逐格比对。"
        )
        self.column.addWidget(text_label(line, "muted", wrap=True))
        self.period = PeriodFields(date.today(), _("起止都留空则填全部记录"))
        self.column.addWidget(self.period)
        self.own_only = QCheckBox(_("只填本单位的记录"))
        self.own_only.setChecked(True)
        self.column.addWidget(self.own_only)
        self.work = LongWork(session)
        self.column.addWidget(self.work)
        self.choose_button = button(_("选择套表…"), self.choose, icon_name="file-spreadsheet")
        self.work.hold(self.choose_button)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(spacer())
        foot.addWidget(self.choose_button)
        self.column.addLayout(foot)
        self.dialog: OwnFormDialog | None = None

    def choose(self) -> None:
        """Ask for the form, and show how its columns would be filled."""
        wanted = self._wanted()
        if wanted is None:
            return
        path = self._session.ask.open_file(self, _("选择上级发来的表"), FORMS)
        if path is None:
            return
        source = self._session.path

        def work(_progress: Progress) -> tuple[Form, list[Chosen]]:
            from sanyou_desktop.exchange.own_form.from_ledger import (
                codes_by_name,
                with_kept_columns,
            )
            from sanyou_desktop.exchange.own_form.looking import Form

            form = Form(path)
            with Ledger.open(source, read_only=True) as ledger:
                codes = codes_by_name(ledger)
                looks = [look for name in form.sheets for look in form.looks(name, codes)]
                return form, [
                    _chosen(ledger, with_kept_columns(ledger, form, look), wanted) for look in looks
                ]

        self.work.banner.hide()
        self.work.run(
            _("正在读表"),
            work,
            lambda found: self._match(*found, wanted),
            cancelled=_("已取消，没有写入文件。"),
        )

    def _match(self, form: Form, found: list[Chosen], wanted: Wanted) -> None:
        from sanyou_desktop.desktop.own_form.dialog import OwnFormDialog

        source = self._session.path

        def look_again(was: Look, kind: str, header_row: int, shape: str) -> None:
            def work(_progress: Progress) -> Chosen:
                from sanyou_desktop.exchange.own_form.from_ledger import codes_by_name

                with Ledger.open(source, read_only=True) as ledger:
                    look = form.again(was, kind, header_row, shape, codes_by_name(ledger))
                    return _chosen(ledger, look, wanted)

            self._session.jobs.run(work, dialog.show_look, owner=dialog)

        dialog = self.dialog = OwnFormDialog(self, form, found, look_again)
        dialog.accepted.connect(lambda: self._fill(form, dialog.chosen(), wanted))
        dialog.finished.connect(lambda _code: self._done_with(dialog))
        dialog.open()

    def _done_with(self, dialog: QDialog) -> None:
        self.dialog = None
        dialog.deleteLater()

    def _fill(self, form: Form, chosen: list[Chosen], wanted: Wanted) -> None:
        from sanyou_desktop.exchange.own_form.layout import CARD

        if all(one.layout.shape == CARD for one in chosen):
            self._fill_cards(form, chosen, wanted)
            return
        name = _("{name} 已填").format(name=form.path.stem) + form.path.suffix
        patterns = f"Excel (*{form.path.suffix})"
        out = self._session.ask.save_file(self, _("填写并另存为"), name, patterns)
        if out is None:
            return
        source = self._session.path
        self._keep(chosen)

        def work(progress: Progress) -> Written:
            from sanyou_desktop.exchange.own_form.from_ledger import SheetToFill, fill
            from sanyou_desktop.ledger.exports import note_beside

            with Ledger.open(source, read_only=True) as ledger:
                sheets = [SheetToFill(one.layout, one.replacing) for one in chosen]
                done = fill(ledger, form, sheets, out, wanted, progress=progress)
            return replace(done, unlogged=note_beside(source, done.outgoing))

        self.work.run(
            _("正在填表"),
            work,
            lambda written: self._written(out, written),
            cancelled=_("已取消，没有写入文件。"),
        )

    def _fill_cards(self, form: Form, chosen: list[Chosen], wanted: Wanted) -> None:
        """Make a new folder with a workbook for each record."""
        beside = self._session.ask.open_folder(self, _("把填好的各份放在哪个文件夹里"))
        if beside is None:
            return
        folder = beside / _("{name} 已填").format(name=form.path.stem)
        source = self._session.path
        self._keep(chosen)

        def work(progress: Progress) -> CardsWritten:
            from sanyou_desktop.exchange.own_form.cards import fill_cards
            from sanyou_desktop.exchange.own_form.from_ledger import SheetToFill
            from sanyou_desktop.ledger.exports import note_beside

            with Ledger.open(source, read_only=True) as ledger:
                sheets = [SheetToFill(one.layout) for one in chosen]
                done = fill_cards(ledger, form, sheets, folder, wanted, progress=progress)
            return replace(done, unlogged=note_beside(source, done.outgoing))

        self.work.run(
            _("正在填表"),
            work,
            self._written_cards,
            cancelled=_("已取消，没有写入文件。"),
        )

    def _written_cards(self, written: CardsWritten) -> None:
        told = _("已填进文件夹 {name}：{result}")
        words = told.format(name=written.folder.name, result=written)
        tone = "warn" if written.refused else "good"
        self.work.banner.show_file(words, written.folder, tone)

    def _keep(self, chosen: list[Chosen]) -> None:
        """Remember how such a form is filled; a ledger that cannot be written to forgets."""
        if self._session.read_only:
            return
        from sanyou_desktop.exchange.own_form.from_ledger import keep_columns

        def keep(ledger: Ledger) -> None:
            for one in chosen:
                keep_columns(ledger, one.look, one.columns)

        self._session.jobs.write(keep, lambda _none: None, owner=self)

    def _written(self, out: Path, written: Written) -> None:
        words = _("已填好 {name}：{result}").format(name=out.name, result=written)
        self.work.banner.show_file(words, out, "warn" if written.refused else "good")

    def _wanted(self) -> Wanted | None:
        from sanyou_desktop.exchange.own_form.from_ledger import Wanted

        period = self.period.period()
        return None if period is None else Wanted(*period, own_unit_only=self.own_only.isChecked())


def _chosen(ledger: Ledger, look: Look, wanted: Wanted) -> Chosen:
    from sanyou_desktop.desktop.own_form.dialog import Chosen
    from sanyou_desktop.exchange.own_form.from_ledger import count_wanted

    return Chosen.guessed(look, count_wanted(ledger, look.layout.kind, wanted))
