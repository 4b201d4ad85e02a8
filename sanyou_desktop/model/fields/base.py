"""What every field type has in common: a name, a reading of raw input, and a way to be shown.

A field says what a value *is*. How it is stored, edited or printed is said by ``ledger``,
``desktop`` and ``exchange``, each with its own map from field class to column, editor or cell.
Facets carry JSON Schema's names (title, description, examples, minimum, max_length, enum ...).

To add a field type: subclass ``Field`` here in a file of its own, export it in ``__init__`` and
run the tests; ``tests/laws`` names each map that does not know it yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from sanyou_desktop.wording import _

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
V = TypeVar("V")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one raw value; ``row`` and ``column`` place it inside a rows field."""

    message: str
    row: int | None = None
    column: str | None = None


class Refused(ValueError):
    """A raw value that a field does not take; the value itself stays with whoever typed it."""

    def __init__(self, *faults: Fault | str) -> None:
        """Take one sentence, or the faults of every row of a rows field."""
        self.faults = tuple(Fault(f) if isinstance(f, str) else f for f in faults)
        super().__init__("; ".join(fault.message for fault in self.faults))


# Without methods that nobody needs: making them for every field type is felt at start-up.
@dataclass(frozen=True, eq=False, repr=False)
class Field(Generic[V]):
    """One field of a record or row; each is declared once, and is itself only.

    Attributes:
        title: the label, in Chinese, marked ``N_``.
        description: one sentence of help under the field.
        required: an empty value is refused.
        examples: shown as a placeholder and in error texts.
        aliases: other headers under which offices keep this column.
        read_only: written by the ledger, never by a person.
        searched: its text is found by search.
    """

    title: str
    description: str = ""
    required: bool = False
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    read_only: bool = False
    searched: bool = False

    @property
    def empty(self) -> V:
        """The value of a field that nobody has filled."""
        raise NotImplementedError

    def read(self, raw: Json) -> V:
        """Turn raw input (typed text, JSON, a cell) into a value.

        Raises:
            Refused: the input is not a value of this field; the message says how to mend it.
        """
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return self._required(self.empty)
        return self._required(self.parse(raw))

    def parse(self, raw: Json) -> V:
        """Turn raw input that is not blank into a value; ``read`` is the public door."""
        raise NotImplementedError

    def write(self, value: V) -> Json:
        """Return the JSON form of ``value``; ``read`` of it gives ``value`` again."""
        raise NotImplementedError

    def kept(self, written: Json) -> V:
        """Return the value that ``write`` made ``written`` from.

        Today's rules (length, options, limits) are not asked: what was accepted once stays
        readable, also what a newer version accepted.
        """
        return self.empty if written is None else self._kept(written)

    def _kept(self, written: Json) -> V:
        raise NotImplementedError

    def typed(self, value: V) -> Json:
        """Return what an editor holds for ``value``: text as a person would type it."""
        return self.write(value)

    def show(self, value: V) -> str:
        """Return ``value`` as lists and documents print it."""
        written = self.write(value)
        return "" if written is None else str(written)

    def is_empty(self, value: V) -> bool:
        """Tell whether nothing was filled in."""
        return value == self.empty

    def _required(self, value: V) -> V:
        if self.required and self.is_empty(value):
            raise Refused(_("必填，请填写"))
        return value


def wrong_type(expected: str, raw: Json) -> Refused:
    """Return the refusal of a raw value of another JSON type, quoting a short form of it."""
    quoted = str(raw)
    if len(quoted) > 40:
        quoted = quoted[:40] + "…"
    return Refused(_("应为{expected}，现为「{value}」").format(expected=expected, value=quoted))
