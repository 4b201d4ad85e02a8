"""Which paper the notice of a pledge goes on; then its preview."""

from __future__ import annotations

from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.radio_line import radio_line
from sanyou_desktop.desktop.withheld import may_print
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.wording import _

_WIDTH = 460


class NoticeDialog(QDialog):
    """A4 or A3, upright or across."""

    def __init__(self, place: Place, pledge: Pledge) -> None:
        """Suggest A4 upright, which every printer has."""
        super().__init__(place.widget)
        self._place, self._pledge = place, pledge
        self.setWindowTitle(_("打印公示牌：{title}").format(title=pledge.title))
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        self.sizes = radio_line(self, column, _("纸张"), _("A4（桌牌、门牌）"), _("A3（上墙）"))
        self.ways = radio_line(self, column, _("方向"), _("竖排页面"), _("横排页面"))
        lacking = text_label("\n".join(_lacking(pledge)), "muted", wrap=True)
        lacking.setVisible(bool(lacking.text()))
        column.addWidget(lacking)
        self.take = button(_("预览"), self.go, role="primary", icon_name="eye")
        self.take.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(spacer())
        foot.addWidget(button(_("取消"), self.reject))
        foot.addWidget(self.take)
        column.addLayout(foot)
        self.sizes.button(0).setFocus()

    def go(self) -> None:
        """Look at the pledge as it is now and at its unit's name, and show the notice."""
        pledge, session = self._pledge, self._place.session
        self.take.setEnabled(False)

        def look(ledger: Ledger) -> tuple[Pledge, dict[str, str]]:
            now = ledger.get(pledge.id)
            shown = now if isinstance(now, Pledge) else pledge
            return shown, ledger.unit_names([shown.unit])

        session.jobs.read(look, self._show, owner=self)

    def _show(self, found: tuple[Pledge, dict[str, str]]) -> None:
        # Printing is loaded only by those who print.
        from sanyou_desktop.desktop.pledges.notice import lay_out_notice
        from sanyou_desktop.desktop.pledges.notice_text import notice_of
        from sanyou_desktop.desktop.printing.holding import Holding
        from sanyou_desktop.desktop.printing.preview import offer_to_lay_out

        (pledge, names), place = found, self._place
        if not may_print(self, place.session, int(bool(pledge.confidential))):
            self.take.setEnabled(True)
            return
        sizes = (QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A3)
        size, landscape = sizes[self.sizes.checkedId()], self.ways.checkedId() == 1
        notice = notice_of(pledge, names.get(pledge.unit, place.session.unit_name))
        title = _("承诺公示牌 {title}").format(title=pledge.title)
        holds = Holding.of(f"notice:{pledge.id}", [pledge])
        self.accept()
        offer_to_lay_out(
            place.widget,
            place.session,
            title,
            lambda progress: lay_out_notice(
                notice, progress, size, landscape=landscape, title=title, holds=holds
            ),
        )


def _lacking(pledge: Pledge) -> list[str]:
    """Return what a notice should say and this one cannot yet."""
    lacking = []
    if not pledge.hotline.strip():
        lacking.append(_("还没有填写监督电话，公示牌上会留一条横线供填写。"))
    if pledge.published_on is None:
        lacking.append(_("还没有公示日期；先「公示」再打印，公示牌上会印上日期。"))
    unnamed = sum(not clause.text.strip() for clause in pledge.clauses)
    if unnamed:
        lacking.append(_("有 {count} 条承诺待补充，不印在公示牌上。").format(count=unnamed))
    return lacking
