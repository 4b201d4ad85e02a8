"""A count of announced rules says how many units gave one, and how many titles are known."""

from __future__ import annotations

from sanyou_desktop.model.announced_rules import AnnouncedRules, announced_rules
from sanyou_desktop.model.rule import Rule


def collection(unit: str, count: int | None = None, titles: tuple[str, ...] = ()) -> Rule:
    return Rule(
        unit=unit, title="制度", collection=count is None, announced_count=count, titles=titles
    )


def test_the_rules_of_the_article() -> None:
    found = announced_rules(
        [
            collection("1", 16, ("接待制度", "车辆制度", "采购制度")),
            *(collection("2", 12), collection("3", 10), collection("4", 6)),
            *(collection("5"), collection("6")),
            Rule(unit="7", title="单项制度"),
        ]
    )
    assert found == AnnouncedRules(announced=44, units=4, known_titles=3, units_without_count=2)
    assert str(found) == "44 项（4 个单位报数，已录标题 3/44；2 个单位未报数）"


def test_nothing_announced_is_nothing() -> None:
    assert str(announced_rules([])) == "0 项（0 个单位报数，已录标题 0/0）"


def test_a_unit_that_gave_one_count_is_not_among_those_without() -> None:
    found = announced_rules([collection("1", 5), collection("1"), collection("1", 0)])
    assert (found.announced, found.units, found.units_without_count) == (5, 1, 0)


def test_titles_without_a_count_are_not_counted_against_one() -> None:
    found = announced_rules([collection("1", 5, ("甲",)), collection("2", None, ("乙", "丙"))])
    assert found.known_titles == 1
