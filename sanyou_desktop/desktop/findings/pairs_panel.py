"""整改前 | 整改后: the photos of each round side by side, in the form of a finding."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.attached_file import load_thumbnail, open_copy
from sanyou_desktop.desktop.forms.panel import Panel
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import shortened, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2, SPACE_4
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.finding import VERDICTS, Round
from sanyou_desktop.model.photo_pairs import Pair, photo_pairs
from sanyou_desktop.model.record import Attachment
from sanyou_desktop.wording import _

# Two of the least beside one another fit the narrowest form.
_LEAST, _MOST = QSize(136, 102), QSize(240, 180)
_PADDING = 12
_CAPTION_SHOWN = 22


class PairsPanel(Panel):
    """A row a round: before at the left, after at the right; a missing one is an empty frame."""

    def __init__(self, session: Session) -> None:
        """Start without photos."""
        super().__init__(session)
        self._shown: tuple[list[Pair], list[str]] = ([], [])
        self.photos: list[_Photo] = []
        self._missing: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_4)
        self._sheet: QWidget | None = None
        self.message = text_label("", "error", wrap=True)
        self.message.hide()
        self._column.addWidget(self.message)

    def show_draft(self, draft: Draft) -> None:
        """Show the pairs as they are by now; thumbnails follow."""
        rounds = _rounds(draft.typed("rounds"))
        pairs = photo_pairs(_photos(draft.typed("attachments")), rounds)
        wanted = (pairs, [_verdict(one) for one in rounds])
        if wanted == self._shown:
            return
        self._shown = wanted
        self.message.hide()
        self._lay_out(*wanted)
        self.setVisible(bool(pairs))

    def _lay_out(self, pairs: list[Pair], verdicts: list[str]) -> None:
        if self._sheet is not None:
            self._sheet.hide()
            self._sheet.deleteLater()
        self.photos, self._missing = [], []
        self._sheet = QWidget()
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        for place, pair in enumerate(pairs):
            words = verdicts[pair.number - 1] if pair.number else ""
            grid.addWidget(text_label(_title(pair, words), "caption"), 2 * place, 0, 1, 2)
            before = _("整改前（同上一轮）") if pair.is_carried else _("整改前")
            self._add_side(grid, 2 * place + 1, 0, pair.before, before)
            self._add_side(grid, 2 * place + 1, 1, pair.after, _("整改后"))
        self._column.insertWidget(0, self._sheet)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        half = (self.width() - SPACE_4) // 2 - _PADDING
        width = min(max(half, _LEAST.width()), _MOST.width())
        size = QSize(width, width * _MOST.height() // _MOST.width())
        for photo in self.photos:
            photo.setIconSize(size)
        for frame in self._missing:
            frame.setFixedHeight(size.height())

    def _add_side(
        self, grid: QGridLayout, row: int, side: int, photos: tuple[Attachment, ...], title: str
    ) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(text_label(title))
        if photos:
            row_of_photos = QWidget()
            flow = FlowLayout(row_of_photos)
            for photo in photos:
                made = _Photo(photo)
                made.clicked.connect(partial(self._open, photo))
                flow.addWidget(made)
                self.photos.append(made)
                self._load(made, photo)
            column.addWidget(row_of_photos)
        else:
            missing = _("缺整改后照片") if side else _("缺整改前照片")
            frame = _empty_frame(missing)
            self._missing.append(frame)
            column.addWidget(frame)
        column.addStretch()
        grid.addWidget(box, row, side)

    def _load(self, shown: _Photo, photo: Attachment) -> None:
        load_thumbnail(
            self.session, photo.sha256, _MOST, shown.show_image, owner=shown, failed=self._failed
        )

    def _open(self, photo: Attachment) -> None:
        open_copy(self.session, photo.name, photo.sha256, owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.message.setText(str(error))
        self.message.show()


class _Photo(QToolButton):
    """A thumbnail with its caption; a click or Return opens it."""

    def __init__(self, photo: Attachment) -> None:
        super().__init__()
        caption = photo.caption or photo.name
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setMinimumWidth(_LEAST.width() + _PADDING)
        self.setIcon(icon("image", "muted"))
        self.setText(shortened(caption, _CAPTION_SHOWN))
        self.setToolTip("\n".join(filter(None, (photo.caption, photo.name, _("点击打开")))))
        self.setAccessibleName(caption)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_image(self, image: QImage) -> None:
        """Show the thumbnail in place of the icon."""
        if not image.isNull():
            self.setIcon(QIcon(QPixmap.fromImage(image)))


def _empty_frame(text: str) -> QLabel:
    made = text_label(text, "missing")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setMinimumWidth(_LEAST.width())
    made.setAccessibleName(text)
    return made


def _title(pair: Pair, verdict: str) -> str:
    if not pair.number:
        return _("尚未整改")
    title = _("第 {number} 轮").format(number=pair.number)
    return f"{title} · {verdict}" if verdict else title


def _verdict(one: Round) -> str:
    title = next((_(option.title) for option in VERDICTS if option.value == one.verdict), "")
    return _("复查{verdict}").format(verdict=title) if title else ""


def _rounds(raw: Json) -> list[Round]:
    rows = [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
    return [
        Round(key=_text(row, "key"), verdict=_text(row, "verdict"))
        for row in rows
        if any(row.values())
    ]


def _photos(raw: Json) -> list[Attachment]:
    """Return the attachments of the draft, as far as pairs need them."""
    rows = [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
    return [
        Attachment(
            key=_text(row, "key"),
            name=_text(row, "name"),
            sha256=_text(row, "sha256"),
            caption=_text(row, "caption"),
            stage=_text(row, "stage"),
            round=_text(row, "round"),
        )
        for row in rows
    ]


def _text(row: dict[str, Json], key: str) -> str:
    return str(row.get(key) or "")
