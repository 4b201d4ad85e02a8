"""Who marks a record is told where it had gone before, and how it is taken back from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sanyou_desktop.model.pledge import Pledge
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser, gone

OnPage = Callable[..., PageUser]


def mark(user: PageUser, value: str) -> None:
    editor = user.page.form.body.editors["confidential"]
    editor.set_raw(value)
    editor.changed.emit()
    user.page.form.save()
    user.settle()
    user.settle()


@pytest.fixture
def user(on_page: OnPage) -> PageUser:
    return on_page(Pledge(unit=UNIT, title="原来公开的"))


def told(user: PageUser) -> str:
    banner = user.page.form.banner
    return banner.text.text() if banner.isVisible() else ""


def test_each_place_is_told_once_with_what_takes_it_back(user: PageUser) -> None:
    ways = ("share", "/盘/共享.xlsx"), ("report", "/盘/上报.xlsx"), ("share", "/盘/共享.xlsx")
    gone(user, [user.page.shown_id], *ways)
    mark(user, "secret")
    words = told(user)
    assert "已经离开台账：共享表格「共享.xlsx」、上报工作簿「上报.xlsx」。" in words
    assert "再更新一次就会撤回" in words
    assert "重新上报后会撤回" in words


def test_many_places_are_counted(user: PageUser) -> None:
    gone(user, [user.page.shown_id], *(("print", f"打印机{n}") for n in range(5)))
    mark(user, "internal")
    assert "打印「打印机4」、打印「打印机3」、打印「打印机2」 等 5 处" in told(user)


def test_what_never_left_or_had_a_mark_already_is_not_spoken_of(user: PageUser) -> None:
    gone(user, ["00000000-0000-7000-8000-000000000000"], ("share", "/盘/共享.xlsx"))
    mark(user, "internal")
    assert told(user) == ""
    gone(user, [user.page.shown_id], ("report", "/盘/上报.xlsx"))
    mark(user, "secret")
    assert told(user) == ""


def test_a_change_without_a_mark_tells_nothing(user: PageUser) -> None:
    gone(user, [user.page.shown_id], ("report", "/盘/上报.xlsx"))
    (record,) = (one for one in user.all_of(Pledge) if one.id == user.page.shown_id)
    user.change(lambda ledger: ledger.save(replace(record, notes="改过")))
    mark(user, "")
    assert told(user) == ""
