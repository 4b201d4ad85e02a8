"""A choice of one, a choice of several, and yes or no."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.model.fields.base import Field, Json, Refused, wrong_type
from sanyou_desktop.model.fields.listing import listed
from sanyou_desktop.wording import _


@dataclass(frozen=True)
class Option:
    """One of the values of a choice: its stored value and its label (``N_``).

    ``tone`` says how a reader should take it: "", "good", "warn", "bad" or "muted".
    """

    value: str
    title: str
    tone: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Choice(Field[str]):
    """One of ``enum``; the label is understood too, so that a pasted sheet can be read."""

    enum: tuple[Option, ...] = ()

    @property
    def empty(self) -> str:
        """No choice made."""
        return ""

    def parse(self, raw: Json) -> str:
        """Return the value of the option that ``raw`` names by value or label."""
        return option_of(self.enum, raw).value

    def write(self, value: str) -> Json:
        """Return the stored value."""
        return value

    def _kept(self, written: Json) -> str:
        return str(written)

    def show(self, value: str) -> str:
        """Return the label; a value of a newer version is shown as it is."""
        return next((_(option.title) for option in self.enum if option.value == value), value)

    def option(self, value: str) -> Option | None:
        """Return the option of a stored value, None if there is none."""
        return next((option for option in self.enum if option.value == value), None)


@dataclass(frozen=True, eq=False, repr=False)
class Choices(Field[tuple[str, ...]]):
    """Any number of ``enum``, in the order of the declaration."""

    enum: tuple[Option, ...] = ()

    @property
    def empty(self) -> tuple[str, ...]:
        """Nothing chosen."""
        return ()

    def parse(self, raw: Json) -> tuple[str, ...]:
        """Return the chosen values, from a list or from labels separated by 、 or commas."""
        chosen = {option_of(self.enum, item).value for item in listed(raw)}
        return tuple(option.value for option in self.enum if option.value in chosen)

    def write(self, value: tuple[str, ...]) -> Json:
        """Return the values as a list."""
        return list(value)

    def _kept(self, written: Json) -> tuple[str, ...]:
        return tuple(map(str, listed(written)))

    def show(self, value: tuple[str, ...]) -> str:
        """Return the labels joined by 、."""
        titles = {option.value: _(option.title) for option in self.enum}
        return _("、").join(titles.get(item, item) for item in value)


@dataclass(frozen=True, eq=False, repr=False)
class Flag(Field[bool]):
    """Yes or no."""

    @property
    def empty(self) -> bool:
        """No."""
        return False

    def parse(self, raw: Json) -> bool:
        """Return the truth of a JSON boolean, 0 or 1, or a Chinese or English yes or no."""
        known = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}
        known |= {"1": True, "0": False, "√": True, "×": False}
        answer = known.get(str(raw).strip().lower())
        if answer is None:
            raise wrong_type(_("是或否"), raw)
        return answer

    def write(self, value: bool) -> Json:
        """Return the JSON boolean."""
        return value

    def _kept(self, written: Json) -> bool:
        return bool(written)

    def show(self, value: bool) -> str:
        """Return 是 or nothing, so that a column of them reads at a glance."""
        return _("是") if value else ""


def option_of(enum: tuple[Option, ...], raw: Json) -> Option:
    """Return the option named by value or label.

    Raises:
        Refused: no such option; the message lists those there are.
    """
    if not isinstance(raw, str):
        raise wrong_type(_("选项"), raw)
    wanted = raw.strip().lower()
    for option in enum:
        if wanted in (option.value.lower(), option.title.lower(), _(option.title).lower()):
            return option
    raise Refused(
        _("没有「{value}」这个选项，可选：{options}").format(
            value=raw[:40], options=_("、").join(_(option.title) for option in enum)
        )
    )
