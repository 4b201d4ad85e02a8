"""The photos of a record in one cell of the report: which, how large, and where they stand.

Before and after stand side by side, as 整改前 and 整改后; other photos fill the lines below.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeVar

from sanyou_desktop.exchange.report_pictures import Picture, PictureStore
from sanyou_desktop.ledger.attachments import Attachments
from sanyou_desktop.ledger.errors import BadFile, LedgerDamaged
from sanyou_desktop.model.record import STAGES
from sanyou_desktop.wording import _

MOST_A_RECORD = 6
# Pixels: two photos and three gaps are as wide as the column (``photo_column``).
_ROOM, _HIGH, _GAP = 100, 75, 5
_HEAD = 22
_POINTS_A_PIXEL = 0.75
# Larger files are scans of whole books; they are not read for a thumbnail.
_LARGEST = 64 * 1024 * 1024
_IS_PICTURE = '"image/'


T = TypeVar("T")
# An attachment as the ledger keeps it.
_Photo = dict[str, Any]
_Shown = tuple[_Photo, Picture]
_Lines = list[tuple[T | None, T | None]]


@dataclass(frozen=True)
class Placed:
    """A picture in its cell; pixels (96 an inch) from the cell's upper left."""

    picture: Picture
    left: int
    top: int
    width: int
    height: int
    words: str


@dataclass(frozen=True)
class PhotoCell:
    """What the cell says, how many points it takes, and the pictures in it."""

    text: str = ""
    height: float = 0.0
    placed: tuple[Placed, ...] = ()


@dataclass
class PhotoCells:
    """Makes the cells of one report, and counts what stays out of it and why.

    Attributes:
        placed: photos in the report.
        beyond: more than ``MOST_A_RECORD`` of one record.
        unfitting: more than a workbook takes that is to be read back.
        elsewhere: their originals lie with the unit that reported the record.
        unreadable: no pictures that can be read, or too large.
    """

    attachments: Attachments
    store: PictureStore
    placed: int = 0
    beyond: int = 0
    unfitting: int = 0
    elsewhere: int = 0
    unreadable: int = 0

    def __call__(self, stored: str | None) -> PhotoCell:
        """Return the cell for a record's attachments as the ledger keeps them, JSON."""
        if not has_photos(stored):
            return PhotoCell()
        photos = [one for one in json.loads(stored or "[]") if _is_photo(one)]
        lines = self._read(_lines(photos))
        placed = tuple(_place(lines))
        self.placed += len(placed)
        height = (_HEAD + len(lines) * (_HIGH + _GAP)) * _POINTS_A_PIXEL
        return PhotoCell(_told(photos, len(placed)), height, placed)

    def told(self) -> str:
        """Return sentences on what is in the report and what stayed out."""
        told = _("没有可放入的照片。")
        if self.placed:
            told = _("放入照片缩略图 {count} 张。").format(count=self.placed)
        if self.beyond:
            told += _("另有 {count} 张没有放入：每条记录最多 {most} 张，超出的请看台账。").format(
                count=self.beyond, most=MOST_A_RECORD
            )
        if self.unfitting:
            told += _("{count} 张放不下，没有放入：请缩短期间，分几次导出。").format(
                count=self.unfitting
            )
        if self.elsewhere:
            told += _("{count} 张照片的原件在填报单位，没有放入。").format(count=self.elsewhere)
        if self.unreadable:
            told += _("{count} 张照片太大或读不出来，没有放入。").format(count=self.unreadable)
        return told

    def _read(self, lines: _Lines[_Photo]) -> _Lines[_Shown]:
        """Return the lines with the pictures; what cannot be shown leaves its place empty."""
        found = 0
        read = []
        for line in lines:
            shown: list[_Shown | None] = []
            for one in line:
                if one is not None and found == MOST_A_RECORD:
                    self.beyond += 1
                    one = None
                picture = None if one is None else self._picture(one)
                found += picture is not None
                shown.append(None if one is None or picture is None else (one, picture))
            if any(shown):
                read.append((shown[0], shown[1]))
        return read

    def _picture(self, one: _Photo) -> Picture | None:
        sha256 = str(one.get("sha256", ""))
        known = self.store.known(sha256)
        if known is not None:
            return known
        if self.store.is_full:
            self.unfitting += 1
            return None
        if not self.attachments.has(sha256):
            self.elsewhere += 1
            return None
        made = None
        if (one.get("size") or 0) <= _LARGEST:
            made = self._made(sha256)
        if made is None:
            self.unreadable += 1
        return made

    def _made(self, sha256: str) -> Picture | None:
        from sanyou_desktop.exchange.thumbnails import thumbnail

        try:
            small = thumbnail(self.attachments.read(sha256))
        except (BadFile, LedgerDamaged):
            # The report is told of it; ``verify`` says which.
            return None
        return None if small is None else self.store.add(sha256, small)


def has_photos(stored: str | None) -> bool:
    """Tell whether attachments, as the ledger keeps them, may hold a picture."""
    return bool(stored) and _IS_PICTURE in (stored or "")


def _is_photo(one: _Photo) -> bool:
    return str(one.get("media_type", "")).startswith("image/")


def _lines(photos: Sequence[_Photo]) -> _Lines[_Photo]:
    """Return the photos two by two: round by round before beside after, then the others."""
    lines: _Lines[_Photo] = []
    for turn in dict.fromkeys(one.get("round", "") for one in photos):
        before, after = (
            [one for one in photos if (one.get("round", ""), one.get("stage")) == (turn, stage)]
            for stage in ("before", "after")
        )
        lines += zip_longest(before, after)
    others = iter([one for one in photos if one.get("stage") not in ("before", "after")])
    return [*lines, *zip_longest(others, others)]


def _place(lines: _Lines[_Shown]) -> Iterator[Placed]:
    for row, line in enumerate(lines):
        for side, shown in enumerate(line):
            if shown is None:
                continue
            one, picture = shown
            shrunk = min(_ROOM / picture.width, _HIGH / picture.height)
            width, height = (max(1, round(n * shrunk)) for n in (picture.width, picture.height))
            left = _GAP + side * (_ROOM + _GAP) + (_ROOM - width) // 2
            top = _HEAD + row * (_HIGH + _GAP) + (_HIGH - height) // 2
            yield Placed(picture, left, top, width, height, _words(one))


def _words(one: _Photo) -> str:
    """Return what a program says of the picture to who cannot see it."""
    stage = next((_(option.title) for option in STAGES if option.value == one.get("stage")), "")
    return " ".join(str(text) for text in (stage, one.get("caption"), one.get("name")) if text)


def _told(photos: Sequence[_Photo], shown: int) -> str:
    """Return how many photos there are, and how many of them are shown."""
    stages = [str(one.get("stage") or "") for one in photos]
    counts = [
        _("{stage} {count}").format(stage=_(option.title), count=stages.count(option.value))
        for option in STAGES
        if option.value in stages
    ]
    others = sum(stage not in [option.value for option in STAGES] for stage in stages)
    if counts and others:
        counts.append(_("其他 {count}").format(count=others))
    told = _("、").join(counts) or _("{count} 张").format(count=others)
    if shown < len(photos):
        told += _("（附 {count} 张）").format(count=shown)
    return told
