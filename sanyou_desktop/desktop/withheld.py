"""What does not leave by itself: records with a mark of secrecy, and their names.

Each way out of the window asks by one of the questions here before it lets such a record go; what
leaves by files without a question leaves them out (``tests/rules/test_exits.py`` knows every way).
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.lists.cells import Named
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, NOT_CONFIDENTIAL, Filter, Query
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.submission import Submission
from sanyou_desktop.wording import _


def may_print(parent: QWidget, session: Session, marked: int) -> bool:
    """Ask before so many records with a mark of secrecy go on paper; nothing without any."""
    if not marked:
        return True
    question = _("将打印 {count} 条有密级的记录，纸张和文件请按密级保管。确定打印吗？")
    return session.ask.confirm(parent, question.format(count=f"{marked:,}"), _("打印有密级的记录"))


def may_copy(parent: QWidget, session: Session, marked: int) -> bool:
    """Ask before so many records with a mark go to the clipboard; nothing without any."""
    if not marked:
        return True
    question = _(
        "其中有密级的 {count} 条。复制后可以粘贴到任何程序里，请按密级保管；"
        "这次复制会记入导出登记。确定连同它们一起复制吗？"
    )
    return session.ask.confirm(parent, question.format(count=f"{marked:,}"), _("连同有密级的复制"))


def may_write(parent: QWidget, session: Session, marked: int, name: str) -> bool:
    """Ask before something of so many records with a mark goes into the file of that name."""
    if not marked:
        return True
    question = _(
        "{name} 将带上 {count} 条有密级的记录的内容。\n\n"
        "文件离开台账后不再受保护，请先确认接收单位和传送方式符合保密规定。"
        "这次导出会记入导出登记。"
    )
    told = question.format(name=name, count=f"{marked:,}")
    return session.ask.confirm(parent, told, _("带上有密级的内容并写入"))


def may_back_up(parent: QWidget, session: Session, marked: int, name: str) -> bool:
    """Ask before a backup takes so many records with a mark to a place that somebody named."""
    if not marked:
        return True
    question = _(
        "备份 {name} 将包含整个台账，其中有密级的 {count} 条（含回收站），连同历史和附件。\n\n"
        "任何人拿到这个文件都能打开，请存放在符合保密规定的地方。这次备份会记入导出登记。"
    )
    told = question.format(name=name, count=f"{marked:,}")
    return session.ask.confirm(parent, told, _("连同有密级的备份"))


def marked_in(ledger: Ledger) -> int:
    """Return how many records have a mark, those in the recycle bin included."""
    return sum(
        ledger.count(kind, Query(filters=(IS_CONFIDENTIAL,), deleted=deleted))
        for kind in KINDS
        for deleted in (False, True)
    )


def without_confidential(query: Query) -> Query:
    """Return the query without records that have a mark."""
    return replace(query, filters=(*query.filters, NOT_CONFIDENTIAL))


def public_names(ledger: Ledger, named: Named) -> Named:
    """Return the names without those of records that have a mark, or lie in the recycle bin.

    A title would leave by the record that refers to it.
    """
    shown = dict(named.records)
    for kind in {kind for kind, _number, _title in shown.values()}:
        ids = (one for one, (of_kind, _number, _title) in shown.items() if of_kind == kind)
        among = Filter("id", tuple(ids))
        # With a superior a record may lie there because its unit marked it.
        for binned in ledger.ids(kind, Query(filters=(among,), deleted=True)):
            shown[binned] = (kind, "", _("（已删除的记录）"))
        for deleted in (False, True):
            query = Query(filters=(among, IS_CONFIDENTIAL), deleted=deleted)
            for marked in ledger.ids(kind, query):
                shown[marked] = (kind, "", _("（有密级）"))
    return replace(named, records=shown)


def without_marked_names(ledger: Ledger, record: Record) -> Record:
    """Return a record whose rows do not spell out what has a mark of secrecy.

    A comment on a report says in words which record it is about.
    """
    if not isinstance(record, Submission):
        return record
    about = {one.record: ledger.get(one.record) for one in record.comments if one.record}
    marked = {key for key, found in about.items() if found and found.confidential}
    comments = tuple(
        replace(comment, about=_("（有密级）")) if comment.record in marked else comment
        for comment in record.comments
    )
    return replace(record, comments=comments)
