"""Something one can do with a record beside typing into it: 登记整改, 生成检查, 打印公示牌.

A deed is a button below the head of the form, or an entry in the menu of the page. Whether it is
allowed is for ``model`` to say; ``offered`` only keeps away what would make no sense.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sanyou_desktop.desktop.session import Session
    from sanyou_desktop.model.draft import Draft
    from sanyou_desktop.model.record import Record


@dataclass(frozen=True)
class Place:
    """Where a deed is done, and the ways on from there.

    Attributes:
        widget: owns its dialogs and background work.
        session: the open ledger.
        begin: goes to the page of a draft's kind and shows it there, to be completed and saved.
        show: goes to a record by its id, whatever its kind.
        selected: calls back with the ids of the records selected in the page's list.
        settle: calls back once what is typed in the form is saved or dropped.
    """

    widget: QWidget
    session: Session
    begin: Callable[[Draft], None]
    show: Callable[[str], None]
    selected: Callable[[Callable[[list[str]], None]], None]
    settle: Callable[[Callable[[], None]], None] = lambda go: go()


@dataclass(frozen=True)
class Deed:
    """A deed and its words.

    Attributes:
        id: stable name, unique within the kind.
        text: the button's words (``N_``).
        icon: name of an icon under ``resources/icons``.
        run: ``module:function``, imported when it is first done, because most never are. For a
            record it is called with the place and the record as saved, for a page with the place.
        writes: it changes records, and is away where nothing can be saved.
        begins: one of a page that an empty page offers too, beside 新建.
        offered: whether it makes sense for that record.
        awaited: whether it is what the record waits for; that button is the primary one.
        several: of a page, done with the selected records; offered beside 批量修改 as well.
    """

    id: str
    text: str
    icon: str
    run: str
    writes: bool = True
    begins: bool = False
    offered: Callable[[Any], bool] = lambda _record: True
    awaited: Callable[[Any], bool] = lambda _record: False
    several: bool = False

    def do(self, place: Place, record: Record | None = None) -> None:
        """Do it with a record, or, without one, on its page."""
        module, _colon, name = self.run.partition(":")
        function = getattr(import_module(module), name)
        if record is None:
            function(place)
        else:
            function(place, record)
