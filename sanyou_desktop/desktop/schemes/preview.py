"""What a list holds, looked at before it is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from sanyou_desktop.desktop.schemes.offers import Offer, extent
from sanyou_desktop.desktop.theme.parts import shortened, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_4
from sanyou_desktop.desktop.widgets.chip import StatusChip
from sanyou_desktop.exchange.rows_text import rows_text
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

# Of a title; the rest is in its tip.
_LONGEST_TITLE = 80


class SchemePreview(QFrame):
    """Shows one offer: its title, what is known of it, its entries."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setProperty("role", "card")
        self.title = text_label("", "title", wrap=True)
        self.chip = StatusChip()
        self.about = text_label("", "muted", wrap=True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.entries = QPlainTextEdit(readOnly=True)
        self.entries.setAccessibleName(_("条目"))
        self.entries.setTabChangesFocus(True)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.entries, 1)

    def show_offer(self, offer: Offer | None) -> None:
        """Show an offer; None where nothing was found."""
        for part in (self.title, self.chip, self.entries):
            part.setVisible(offer is not None)
        if offer is None:
            self.about.setText(_("没有符合条件的清单。"))
            return
        scheme = offer.scheme
        self.title.setText(shortened(scheme.title, _LONGEST_TITLE))
        self.title.setToolTip(scheme.title)
        self.chip.show_status(_("待补充") if scheme.incomplete else "", "warn")
        self.about.setText("\n".join(_about(offer)))
        field = kind_of("scheme").fields["entries"]
        assert isinstance(field, Rows)
        self.entries.setPlainText(rows_text(scheme.entries, field))


def _about(offer: Offer) -> list[str]:
    scheme = offer.scheme
    fields = kind_of("scheme").fields
    said = _("{label}：{text}")
    lines = [
        said.format(label=_(fields[key].title), text=fields[key].show(getattr(scheme, key)))
        for key in ("use", "source", "purpose", "notes")
        if getattr(scheme, key)
    ]
    lines.insert(1 if scheme.use else 0, extent(scheme))
    if offer.is_kept:
        lines.append(_("台账里已有这个清单；再选用会另存一份副本。"))
    return [*lines, *offer.remarks]
