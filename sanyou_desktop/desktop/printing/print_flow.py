"""打印 on a page: its record or its list is chosen, laid out in the background, and shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.editors.attached_file import thumbnail
from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.lists.cells import Named
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.printing.list_paper import (
    ListWanted,
    confidential_in,
    found_in_all,
    lay_out_list,
    words_of,
)
from sanyou_desktop.desktop.printing.preview import offer_print
from sanyou_desktop.desktop.printing.print_dialog import Choices, Offer, PrintDialog
from sanyou_desktop.desktop.printing.record_paper import RecordPaper, lay_out_record
from sanyou_desktop.desktop.withheld import public_names, without_marked_names
from sanyou_desktop.exchange.errors import Withheld
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Filter
from sanyou_desktop.model.fields import Reference, UnitCode, fields_of
from sanyou_desktop.model.fields.rows import Rows
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Attachment, Record, value_of
from sanyou_desktop.wording import _

# Printed at three to a line; more pixels than the paper shows.
_PICTURE = QSize(420, 420)
# SQLite takes so many names in one question; more are picked while reading.
_NAMED = 900


def print_page(page: QWidget | None) -> None:
    """Ask what of a page of records shall be printed; other pages have nothing for paper."""
    if not isinstance(page, RecordPage):
        return
    from_form = page.shown_id and page.form.isAncestorOf(_focused())
    wanted = _list_wanted(page)
    several = page.list.table.selected_count() > 1

    def ask(ids: list[str]) -> None:
        source, shown_id = page.place.session.path, page.shown_id
        chosen = _only(wanted, ids) if several else None
        page.place.session.jobs.read(
            lambda ledger: _offers(ledger, source, shown_id, wanted, chosen),
            lambda offers: _open(page, offers, "record" if from_form else "list"),
            owner=page,
        )

    if several:
        page.list.selected_ids(ask)
    else:
        ask([])


def _focused() -> QWidget:
    return QApplication.focusWidget() or QWidget()


def _open(page: RecordPage, offers: list[Offer], first: str) -> None:
    if not offers:
        page.place.session.ask.tell(page, _("这里还没有记录，没有可以打印的。"))
        return

    def done(made: LaidOut) -> None:
        offer_print(page, page.place.session, made)

    keys = [offer.key for offer in offers]
    suggested = "chosen" if first == "list" and "chosen" in keys else first
    show(PrintDialog(page, page.place.session, offers, suggested, done, page.leave))


def _list_wanted(page: RecordPage) -> ListWanted:
    fields = kind_of(page.kind).fields
    columns = tuple(page.list.header.visual_columns()) or page.pane.usual
    labels = page.filters.labels()
    query = page.list.model.query
    sort = _(fields[query.sort].title) if query.sort in fields else ""
    return ListWanted(
        page.kind,
        query,
        columns,
        words_of(labels, query.text, sort, descending=query.descending),
    )


def _only(wanted: ListWanted, ids: list[str]) -> ListWanted:
    """Return the selected records of the list, in its order."""
    query = wanted.query
    if len(ids) <= _NAMED:
        query = replace(query, filters=(*query.filters, Filter("id", tuple(ids))))
    return replace(wanted, query=query, chosen=frozenset(ids))


def _offers(
    ledger: Ledger, source: Path, shown_id: str, wanted: ListWanted, chosen: ListWanted | None
) -> list[Offer]:
    """Return what can be printed, the narrowest first."""
    offers = []
    record = ledger.get(shown_id) if shown_id else None
    if record is not None and not record.deleted_at:
        offers.append(_record_offer(source, record))
    if chosen is not None:
        text = _("选中的 {count} 条").format(count=f"{len(chosen.chosen or ()):,}")
        offers.append(_list_offer(ledger, source, "chosen", text, chosen))
    total = found_in_all(ledger, wanted)
    if total:
        text = _("列表，{count} 条（{words}）").format(count=f"{total:,}", words=wanted.words)
        offers.append(_list_offer(ledger, source, "list", text, wanted))
    return offers


def _list_offer(ledger: Ledger, source: Path, key: str, text: str, wanted: ListWanted) -> Offer:
    def lay_out(choices: Choices, progress: Progress) -> LaidOut:
        with Ledger.open(source, read_only=True) as opened, opened.as_of_now():
            return lay_out_list(
                opened, replace(wanted, confidential=choices.confidential), progress
            )

    return Offer(key, text, lay_out, confidential_in(ledger, wanted))


def _record_offer(source: Path, record: Record) -> Offer:
    def lay_out(choices: Choices, progress: Progress) -> LaidOut:
        with Ledger.open(source, read_only=True) as opened:
            now = opened.get(record.id) or record
            if now.confidential and not choices.confidential:
                # What was typed when this was asked, and saved since, may be the mark itself.
                raise Withheld(
                    _(
                        "这条记录现在标有密级，没有打印。确需打印，请关闭后重新点「打印」，再勾选确认。"
                    )
                )
            return lay_out_record(_paper(opened, now, choices, progress))

    text = _("这条记录：{number} {title}").format(number=record.number, title=record.title)
    marked = bool(record.confidential)
    pictures = len(_pictures_of(record))
    return Offer("record", text, lay_out, int(marked), marked, pictures)


def _paper(ledger: Ledger, record: Record, choices: Choices, progress: Progress) -> RecordPaper:
    found = _referred(record)
    named = Named(ledger.titles(found.records), ledger.unit_names(found.units))
    if not choices.confidential:
        named = public_names(ledger, named)
        record = without_marked_names(ledger, record)
    pictures: dict[str, QImage] = {}
    wanted = _pictures_of(record) if choices.pictures else []
    # Pictures of what another unit reported are with that unit; on paper they keep their names.
    wanted = [one for one in wanted if ledger.attachments.has(one.sha256)]
    for number, one in enumerate(wanted):
        progress.step(number, len(wanted), _("正在缩小照片"))
        image = thumbnail(ledger.attachments.read(one.sha256), _PICTURE)
        if not image.isNull():
            pictures[one.sha256] = image
    unit = ledger.unit_names([record.unit]).get(record.unit) or ledger.own_unit().name
    return RecordPaper(record, DESIGNS[record.kind], unit, named, pictures)


@dataclass(frozen=True)
class _Referred:
    records: frozenset[str]
    units: frozenset[str]


def _referred(record: Record) -> _Referred:
    """Return the ids and codes that fields of the record, and of its rows, refer to."""
    records, units = set(), set()

    def note(declared: Any, value: Any) -> None:  # noqa: ANN401 - fields differ
        if isinstance(declared, Reference) and value:
            records.add(str(value))
        elif isinstance(declared, UnitCode) and value:
            units.add(str(value))

    for key, declared in kind_of(record.kind).fields.items():
        value = value_of(record, key)
        note(declared, value)
        if isinstance(declared, Rows):
            for row in value:
                for column, inner in fields_of(declared.row).items():
                    note(inner, getattr(row, column))
    return _Referred(frozenset(records), frozenset(units))


def _pictures_of(record: Record) -> list[Attachment]:
    return [one for one in record.attachments if one.media_type.startswith("image/")]
