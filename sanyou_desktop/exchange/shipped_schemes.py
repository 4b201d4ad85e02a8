"""The named lists that come with the program."""

from __future__ import annotations

from collections.abc import Iterable

from sanyou_desktop.exchange.scheme_json import from_json
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.resources import resource_path

# The lists that the campaign is known by come first; files that are not named here follow.
_ORDER = (
    "wu-cha",
    "san-cha-san-luo-shi",
    "ba-ge-bu-rang",
    "si-xin",
    "yi-kuai-san-tong",
    "san-mian-xiang-san-fu-wu",
    "san-hui",
    "qin-yan-he-ren",
    "si-qin-san-te",
    "san-wu",
    "san-hao",
)


def shipped_schemes(unit: str) -> list[Scheme]:
    """Return the shipped lists as new records of ``unit``."""
    files = {path.stem: path for path in resource_path("schemes").glob("*.json")}
    named = [key for key in _ORDER if key in files]
    keys = [*named, *sorted(files.keys() - set(named))]
    return [from_json(files[key].read_bytes(), files[key].name, unit) for key in keys]


def is_among(scheme: Scheme, kept: Iterable[Scheme]) -> bool:
    """Tell whether a list is one of ``kept``: by its title, or by most of its entries.

    Entries keep their keys when a list is taken over, so that one renamed since is known again.
    """
    keys = {entry.key for entry in scheme.entries}
    title = scheme.title.casefold()
    return any(
        title == other.title.casefold()
        or 2 * len(keys & {entry.key for entry in other.entries}) > len(keys)
        for other in kept
    )
