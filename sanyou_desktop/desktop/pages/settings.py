"""设置: look and language, backups, what this program is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout

from sanyou_desktop import __version__
from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.findings.repeats_setting import FindingsCard
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.pages.holiday_card import HolidayCard
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.pages.welcome import ledger_patterns
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_4
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.desktop.withheld import marked_in, may_back_up
from sanyou_desktop.wording import N_, _

_SCHEMES = (("", N_("跟随系统")), ("light", N_("浅色")), ("dark", N_("深色")))
_SCALES = (("0.9", N_("小")), ("1.0", N_("标准")), ("1.15", N_("大")), ("1.4", N_("特大")))
_FAULTS_SHOWN = 10
_LANGUAGES = (("zh_CN", "简体中文"), ("en", "English"))


class SettingsPage(Page):
    """What can be set on this machine, and the care of the ledger.

    Signals:
        look_changed: scheme or size of text was changed.
        own_unit_wanted: the own unit's record is to be shown.
        restore_wanted: the path of a backup that is to take the ledger's place.
    """

    look_changed = Signal()
    own_unit_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        """Show the settings as they are."""
        super().__init__(_("设置"), session)
        self.work = LongWork(session)
        self.banner = self.work.banner
        self.column.addWidget(self.work)
        self.add_card(self._unit())
        self.add_card(self._look())
        self.add_card(self._reminding())
        self.holidays = HolidayCard(session, self.banner)
        self.add_card(self.holidays)
        self.findings = FindingsCard(session)
        self.add_card(self.findings)
        self.add_card(self._care())
        self.add_card(self._about())
        self.column.addStretch(1)
        self.work.hold(self.backup, self.verify)

    def _unit(self) -> Card:
        card = Card(_("本单位"))
        unit = _("{name}（{code}）").format(
            name=self.session.unit_name, code=self.session.unit_code
        )
        card.column.addWidget(text_label(unit))
        card.column.addWidget(text_label(str(self.session.path), "caption", wrap=True))
        row = QHBoxLayout()
        row.addWidget(button(_("修改单位资料"), self.own_unit_wanted.emit, icon_name="pencil"))
        row.addStretch()
        card.column.addLayout(row)
        return card

    def _look(self) -> Card:
        card = Card(_("显示"))
        kept = self.session.preferences
        self.scheme = _combo(_SCHEMES, kept.scheme)
        self.scale = _combo(_SCALES, str(kept.font_scale))
        self.language = _combo(_LANGUAGES, kept.language)
        self.scheme.activated.connect(lambda _index: self._keep_look())
        self.scale.activated.connect(lambda _index: self._keep_look())
        self.language.activated.connect(lambda _index: self._keep_language())
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addWidget(LabelledField(_("外观"), self.scheme))
        row.addWidget(LabelledField(_("字号"), self.scale))
        row.addWidget(LabelledField(_("语言 Language"), self.language))
        card.column.addLayout(row)
        return card

    def _reminding(self) -> Card:
        card = Card(_("提醒"))
        self.notices = QCheckBox(_("启动时和每天零点后提醒逾期和 3 天内到期的问题"))
        self.notices.setChecked(self.session.preferences.notices)
        self.notices.toggled.connect(self._keep_notices)
        card.column.addWidget(self.notices)
        return card

    def refresh(self) -> None:
        """Look again at what the ledger knows of holidays."""
        self.holidays.refresh()

    def _keep_notices(self, wanted: bool) -> None:
        self.session.preferences.notices = wanted

    def _care(self) -> Card:
        from sanyou_desktop.ledger.backup_rotation import folder_of

        card = Card(_("备份与检查"))
        folder = folder_of(self.session.path)
        line = _("每天第一次打开和每次关闭时自动备份到：{folder}").format(folder=folder)
        card.column.addWidget(text_label(line, "muted", wrap=True))
        line = _("保留 7 天、4 周、12 个月的备份，每份都经过校验。")
        card.column.addWidget(text_label(line, "caption", wrap=True))
        self.backup = button(_("立即备份到…"), self.back_up, icon_name="database-backup")
        self.verify = button(_("检查台账完整性"), self.check, icon_name="circle-check")
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        self.restore = button(_("从备份恢复…"), self.restore_backup, icon_name="archive-restore")
        self.restore.setEnabled(not self.session.read_only)
        for made in (self.backup, self.verify, self.restore):
            row.addWidget(made)
        row.addStretch()
        card.column.addLayout(row)
        return card

    def _about(self) -> Card:
        card = Card(_("关于"))
        card.column.addWidget(text_label(_("三优台账 {version}").format(version=__version__)))
        lines = (
            _("本程序不联网，所有内容都在本机的台账文件里。不得录入涉密信息。"),
            _("MIT 许可。使用 Qt 与 PySide6（LGPL）、sqlite-utils、XlsxWriter、lxml、pypinyin；")
            + _("图标 Lucide（ISC），字体 Noto Sans CJK SC 子集（OFL）。"),
        )
        for line in lines:
            card.column.addWidget(text_label(line, "caption", wrap=True))
        return card

    def back_up(self) -> None:
        """Ask where to, and back the ledger up in the background."""
        stamp = datetime.now().strftime("%Y%m%d-%H%M")
        name = f"{self.session.path.stem} {stamp}{self.session.path.suffix}"
        target = self.session.ask.save_file(self, _("备份到"), name, ledger_patterns())
        if target is None:
            return

        def go(marked: int) -> None:
            if may_back_up(self, self.session, marked, target.name):
                self._back_up_to(target)

        self.session.jobs.read(marked_in, go, owner=self)

    def _back_up_to(self, target: Path) -> None:
        source = self.session.path
        self.work.run(
            _("正在备份"),
            lambda progress: _copy(source, target, progress),
            lambda told: self.banner.show_message(told, "good"),
            cancelled=_("已取消，没有写入备份。"),
        )

    def restore_backup(self) -> None:
        """Ask which backup, and whether it is to take the ledger's place."""
        from sanyou_desktop.ledger.backup_rotation import folder_of

        ask, path = self.session.ask, self.session.path
        backup = ask.open_file(self, _("选择备份"), ledger_patterns(), folder_of(path))
        if backup is None:
            return
        text = _(
            "台账 {ledger} 将恢复为备份 {backup} 的内容。现在的台账不会删除，会改名保留在旁边。"
        ).format(ledger=path.name, backup=backup.name)
        if ask.confirm(self, text, _("恢复")):
            self.restore_wanted.emit(backup)

    def check(self) -> None:
        """Verify the whole ledger in the background."""
        source = self.session.path

        def told(faults: list[str]) -> None:
            if not faults:
                self.banner.show_message(_("台账完好：内容、历史和附件都对得上。"), "good")
                return
            lines = faults[:_FAULTS_SHOWN]
            if len(faults) > _FAULTS_SHOWN:
                more = len(faults) - _FAULTS_SHOWN
                lines.append(_("还有 {count} 处没有列出。").format(count=more))
            self.banner.show_message("\n".join(lines), "bad")

        self.work.run(
            _("正在检查台账"),
            lambda progress: _faults(source, progress),
            told,
            cancelled=_("已取消检查，台账没有改动。"),
        )

    def _keep_look(self) -> None:
        kept = self.session.preferences
        kept.scheme = str(self.scheme.currentData())
        kept.font_scale = float(self.scale.currentData())
        self.look_changed.emit()

    def _keep_language(self) -> None:
        self.session.preferences.language = str(self.language.currentData())
        self.banner.show_message(_("语言将在下次启动时更换。"), "info", seconds=10)


def _combo(options: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
    combo = CalmComboBox()
    for value, title in options:
        combo.addItem(_(title), value)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
    return combo


def _copy(source: Path, target: Path, progress: Progress) -> str:
    from sanyou_desktop.desktop.sharing.noted import noted
    from sanyou_desktop.ledger.backup_noted import back_up_to

    return noted(source, back_up_to(source, target, progress))


def _faults(source: Path, progress: Progress) -> list[str]:
    from sanyou_desktop.ledger.ledger import Ledger

    with Ledger.open(source, read_only=True) as ledger:
        return ledger.verify(progress)
