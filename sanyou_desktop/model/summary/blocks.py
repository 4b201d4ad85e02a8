"""What a summary document is made of, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sanyou_desktop.model.summary.remark import Remark


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is 一、, level 2 （一） by GB/T 9704; the number is part of the text."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True)
class Note:
    """A remark under a table, in the size of its cells."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; its header is repeated on every page.

    Attributes:
        weights: the share of the width that each column takes.
        centred: the columns whose cells stand in the middle.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...]
    centred: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Chart:
    """A chart of columns.

    Attributes:
        unit: what the values count, such as 件.
        series: name and values, one a category; None is a gap.
    """

    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]


Block = Heading | Paragraph | Note | Table | Chart


@dataclass(frozen=True)
class Annex:
    """An annex, which starts on a page of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Summary:
    """The whole document.

    Attributes:
        title: in lines, as they are to be set in the middle.
        addressee: 主送机关, "" where no superior is known.
        signer, signed_on: 署名 and 成文日期.
        sources: id and revision of every record that speaks in it.
        remarks: what the operator is told and the document does not say: what was left out.
        contact: 附注, whom to ask; "" where the unit names nobody.
    """

    title: tuple[str, ...]
    addressee: str
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...]
    signer: str
    signed_on: date
    sources: tuple[tuple[str, int], ...] = ()
    remarks: tuple[Remark, ...] = ()
    contact: str = ""

    @property
    def records(self) -> int:
        """How many records speak in it."""
        return len(self.sources)

    @property
    def plain_title(self) -> str:
        """The title in one line."""
        return "".join(self.title)

    @property
    def date_words(self) -> str:
        """成文日期 in Arabic figures without leading zeros: 2026年3月1日."""
        day = self.signed_on
        return f"{day.year}年{day.month}月{day.day}日"

    def texts(self) -> Iterator[str]:
        """Yield every text of the document in order, for whoever must know its characters."""
        yield from self.title
        yield self.addressee
        for block in self.body:
            yield from texts_of(block)
        for annex in self.annexes:
            yield annex.title
            for block in annex.blocks:
                yield from texts_of(block)
        yield self.signer
        yield self.date_words
        yield self.contact


def texts_of(block: Block) -> Iterator[str]:
    """Yield the texts of one block in order."""
    match block:
        case Heading() | Paragraph() | Note():
            yield block.text
        case Table():
            yield from block.columns
            for row in block.rows:
                yield from row
        case Chart():
            yield block.title
            yield block.unit
            yield from block.categories
            yield from (name for name, _values in block.series)
