"""What a column of a table may be read as, in words."""

from __future__ import annotations

from sanyou_desktop.exchange.own_form.layout import NUMBER, UNIT_CODE, UNIT_NAME, fillable_fields
from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.wording import N_, _

_OTHERS = (
    ("", N_("（不读）")),
    (NUMBER, N_("序号（不读）")),
    (UNIT_NAME, N_("填报单位名称")),
    (UNIT_CODE, N_("填报单位代码")),
    (ID, N_("记录标识")),
)


def source_choices(kind: str) -> list[tuple[str, str]]:
    """Return key and words of everything that a column may be, for records of that kind."""
    found = [(key, _(title)) for key, title in _OTHERS]
    fields = fillable_fields(kind)
    found += [(key, _(field.title)) for key, field in fields.items()]
    for key, field in fields.items():
        if isinstance(field, Rows):
            found += [
                (
                    f"{key}.{part}",
                    _("{field} · {column}").format(field=_(field.title), column=_(column.title)),
                )
                for part, column in field.columns.items()
            ]
    return found
