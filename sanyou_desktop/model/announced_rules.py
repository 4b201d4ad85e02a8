"""How many rules were announced, and what is not known of them.

"44 项" alone would hide that four units gave a number, two gave none, and only three of the 44
titles are known; the count is honest only with all three.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sanyou_desktop.model.rule import Rule
from sanyou_desktop.wording import _


@dataclass(frozen=True)
class AnnouncedRules:
    """The announced collections of rules taken together.

    Attributes:
        announced: the sum of the counts given.
        units: how many units gave a count.
        known_titles: how many titles are known within the collections that have a count.
        units_without_count: how many units announced a collection without saying how many.
    """

    announced: int
    units: int
    known_titles: int
    units_without_count: int

    def __str__(self) -> str:
        """Return "44 项（4 个单位报数，已录标题 3/44；2 个单位未报数）"."""
        text = _("{count} 项（{units} 个单位报数，已录标题 {known}/{count}").format(
            count=self.announced, units=self.units, known=self.known_titles
        )
        if self.units_without_count:
            text += _("；{units} 个单位未报数").format(units=self.units_without_count)
        return text + _("）")


def announced_rules(rules: Iterable[Rule]) -> AnnouncedRules:
    """Count the collections among ``rules``; single rules are not part of this count."""
    collections = [rule for rule in rules if is_collection(rule)]
    counted = [rule for rule in collections if rule.announced_count is not None]
    with_count = {rule.unit for rule in counted}
    return AnnouncedRules(
        announced=sum(rule.announced_count or 0 for rule in counted),
        units=len(with_count),
        known_titles=sum(len(rule.titles) for rule in counted),
        units_without_count=len({rule.unit for rule in collections} - with_count),
    )


def is_collection(rule: Rule) -> bool:
    """Tell whether a rule stands for several that were announced together."""
    return rule.collection or rule.announced_count is not None


def collection_in_words(rule: Rule) -> str:
    """Return "公布 16 项，已录名称 3 项，另 13 项名称未录"; "" for a single rule."""
    known, count = len(rule.titles), rule.announced_count
    if not is_collection(rule):
        return ""
    if count is None:
        return _("未公布项数，已录名称 {known} 项").format(known=known)
    if known >= count:
        return _("公布 {count} 项，名称已全部录入").format(count=count)
    return _("公布 {count} 项，已录名称 {known} 项，另 {rest} 项名称未录").format(
        count=count, known=known, rest=count - known
    )
