"""The rows inside a record (clauses, checklist items, rounds) as the text of one cell."""

from __future__ import annotations

from sanyou_desktop.model.fields import Flag, Row, Rows
from sanyou_desktop.model.pledge import Fulfilment, Pledge
from sanyou_desktop.model.record import Attachment, Record, value_of
from sanyou_desktop.wording import _


def rows_text(record: Record, key: str, field: Rows) -> str:
    """Return a numbered line a row: what it is about, then what is known of it, by label.

    Numbers need their labels (满分：20；扣分：3), or nobody can read them on paper. A row that is
    announced but not known keeps its line.
    """
    rows: tuple[Row, ...] = value_of(record, key)
    if field.row is Attachment:
        return "\n".join(value_of(row, "name") for row in rows)
    lines = (_line(record, row, field) for row in rows)
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _line(record: Record, row: Row, field: Rows) -> str:
    first, *others = field.columns
    head = _shown(record, row, field, first)
    known = [key for key in others if _shown(record, row, field, key)]
    if not head and not known:
        return _("（待补充）")
    if head and known and len(others) == 1:
        text = _shown(record, row, field, known[0])
        return _("{label}：{text}").format(label=head, text=text)
    told = "；".join(_labelled(record, row, field, key) for key in known)
    return f"{head}（{told}）" if head and told else head or told


def _labelled(record: Record, row: Row, field: Rows, key: str) -> str:
    label = _(field.columns[key].title)
    if isinstance(field.columns[key], Flag):
        return label
    text = _shown(record, row, field, key)
    return _("{label}：{text}").format(label=label, text=text)


def _shown(record: Record, row: Row, field: Rows, key: str) -> str:
    """Return a cell of the row; a reference to a clause shows the clause, not its key."""
    value = value_of(row, key)
    if isinstance(row, Fulfilment) and key == "clause" and isinstance(record, Pledge):
        return next((clause.text for clause in record.clauses if clause.key == value), "")
    column = field.columns[key]
    return "" if column.is_empty(value) else column.show(value)
