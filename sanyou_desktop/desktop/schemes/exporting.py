"""A list as a file for others."""

from __future__ import annotations

from pathlib import Path

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.sharing.noted import noted
from sanyou_desktop.exchange.errors import Withheld
from sanyou_desktop.exchange.scheme_files import check_may_leave, name_for, write_scheme
from sanyou_desktop.exchange.scheme_json import ENDING
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _


def export(place: Place, record: Record) -> None:
    """Ask for a name and write the list there: whole, or as a table where it ends in .xlsx."""
    assert isinstance(record, Scheme)
    session = place.session
    try:
        check_may_leave(record)
    except Withheld as error:
        session.ask.tell(place.widget, str(error))
        return
    chosen = session.ask.save_file(
        place.widget,
        _("导出清单：.json 完整，可再导入；.xlsx 为表格"),
        name_for(record),
        _("清单文件 (*.sanyou-list.json);;Excel 表格 (*.xlsx)"),
    )
    if chosen is None:
        return
    path = chosen if chosen.suffix else Path(f"{chosen}{ENDING}")

    def write(_progress: object) -> str:
        write_scheme(record, path)
        told = _("已把清单「{title}」导出为 {path}。").format(title=record.title, path=path)
        outgoing = Outgoing("list", str(path.resolve()), result=told)
        outgoing.add(record.id, record.revision)
        return noted(session.path, outgoing)

    session.jobs.run(
        write,
        session.operations.told.emit,
        owner=place.widget,
        failed=lambda error: session.ask.tell(place.widget, explain(error)),
    )
