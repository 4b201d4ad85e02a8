"""What is wrong with a record, said so that a clerk can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.wording import _


@dataclass(frozen=True)
class Problem:
    """One thing to mend before a record can be saved.

    Attributes:
        field: the field's key; "" when it concerns the record as a whole.
        title: the field's label in the language in use.
        message: what is wrong and what to enter instead.
        row: index (from 0) of the row inside a rows field, else None.
        column: key of the row's field, else None.
        column_title: its label.
    """

    field: str
    title: str
    message: str
    row: int | None = None
    column: str | None = None
    column_title: str = ""

    def __str__(self) -> str:
        """Return the place and the message: 承诺条款 第 2 行 时限：最多 500 字…."""
        place = self.title
        if self.row is not None:
            place += " " + _("第 {number} 行").format(number=self.row + 1)
        if self.column_title:
            place += " " + self.column_title
        if not place:
            return self.message
        return _("{place}：{message}").format(place=place, message=self.message)


class Invalid(ValueError):
    """A record that cannot be accepted, with every problem found in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Take the problems in the order of the fields."""
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
