"""公示, 续期, 终止: asked for in a dialog, refused with the reason at its field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sanyou_desktop.desktop.deeds.of_pledge import DEEDS
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Clause, Pledge
from tests.desktop.clerk import compose
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.deed_page import PageUser

OnPage = Callable[..., PageUser]
TODAY = date.today()
DRAFT = Pledge(unit=UNIT, title="窗口服务承诺", clauses=(Clause(key="a", text="来电即接"),))
ENDING = replace(
    DRAFT,
    status="published",
    published_on=PartialDate(2025, 1, 1),
    valid_from=PartialDate(2025, 1, 1),
    valid_until=PartialDate.of(TODAY + timedelta(days=9)),
)


def stored(at: Desk, title: str = DRAFT.title) -> list[Pledge]:
    return [
        item for item in at.stored("pledge") if isinstance(item, Pledge) and item.title == title
    ]


def offered(pledge: Pledge) -> dict[str, bool]:
    """Return the deeds that are offered, and whether each is what the pledge waits for."""
    return {deed.id: deed.awaited(pledge) for deed in DEEDS if deed.offered(pledge)}


def test_what_is_offered_follows_the_pledge() -> None:
    assert offered(DRAFT) == {"publish": True, "print_notice": False}
    lasting = replace(ENDING, valid_until=PartialDate(2999))
    assert offered(lasting) == {
        "fulfil": True,
        "renew": False,
        "print_notice": False,
        "end": False,
    }
    assert offered(ENDING)["renew"]
    assert not offered(ENDING)["fulfil"]
    assert offered(replace(ENDING, status="ended")) == {}
    # What has a secrecy mark is not hung on a wall.
    assert "print_notice" not in offered(replace(lasting, confidential="internal"))


def test_publishing_asks_where(on_page: OnPage) -> None:
    user = on_page(DRAFT)
    at, page = user.at, user.page
    user.do("publish")
    dialog = user.dialog(FieldsDialog)
    user.qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    user.settle()
    assert "公示在哪里" in dialog.fields["published_where"].error
    assert stored(at)[0].status == "draft"
    line = dialog.editors["published_where"].focusProxy()
    assert line is not None
    assert line.hasFocus()
    compose(line, "大厅公示栏")
    user.qtbot.keyClick(line, Qt.Key.Key_Return)
    user.closed(dialog)
    (pledge,) = stored(at)
    assert (pledge.status, pledge.published_where) == ("published", "大厅公示栏")
    assert str(pledge.published_on) == str(PartialDate.of(TODAY))
    assert page.form.deeds.buttons["fulfil"].isVisible()


def test_dates_out_of_order_are_told_at_their_field(on_page: OnPage) -> None:
    user = on_page(DRAFT)
    at = user.at
    user.do("publish")
    dialog = user.dialog(FieldsDialog)
    dialog.editors["published_where"].set_raw("网站")
    dialog.editors["valid_until"].set_raw("2001-01-01")
    dialog.carry_out()
    user.settle()
    assert "早于" in dialog.fields["valid_until"].error
    dialog.editors["valid_until"].set_raw("不是日期")
    dialog.carry_out()
    assert dialog.fields["valid_until"].error
    dialog.reject()
    user.closed(dialog)
    assert stored(at)[0].status == "draft"


def test_ending_needs_its_reason(on_page: OnPage) -> None:
    user = on_page(ENDING)
    at = user.at
    user.do("end")
    dialog = user.dialog(FieldsDialog)
    dialog.carry_out()
    user.settle()
    assert "原因" in dialog.fields["notes"].error
    dialog.editors["notes"].set_raw("职能调整")
    dialog.carry_out()
    user.closed(dialog)
    (pledge,) = stored(at)
    assert pledge.status == "ended"
    assert "职能调整" in pledge.notes


def test_a_pledge_whose_time_is_nearly_up_says_so_and_goes_on(on_page: OnPage) -> None:
    user = on_page(ENDING)
    at, page = user.at, user.page
    told = [label.text() for label in page.form.body.findChildren(QLabel)]
    assert "有效期还有 9 天，请及早续期或终止" in told
    user.do("renew")
    form = page.form
    assert form.record_id == ""
    assert form.body.editors["valid_from"].raw() == str(PartialDate.of(TODAY + timedelta(days=10)))
    user.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    form.save()
    user.settle()
    assert sorted(pledge.status for pledge in stored(at)) == ["draft", "published"]


def test_a_reason_that_was_typed_is_asked_about_before_it_is_dropped(on_page: OnPage) -> None:
    user = on_page(replace(DRAFT, status="published"))
    at = user.at
    user.do("end")
    dialog = user.dialog(FieldsDialog)
    box = dialog.editors["notes"].focusProxy()
    assert box is not None
    compose(box, "服务事项已调整")
    at.ask.yes = False
    dialog.reject()
    assert dialog.isVisible()
    at.ask.yes = True
    dialog.reject()
    user.closed(dialog)
    assert stored(at)[0].status == "published"


def test_a_renewal_that_is_published_ends_what_it_renews(on_page: OnPage) -> None:
    user = on_page(ENDING)
    at, page = user.at, user.page
    user.do("renew")
    page.act("save")
    user.settle()
    new = page.form.record_id
    # Renewing once more goes to the draft that was begun.
    user.page.show_record(next(one.id for one in stored(at) if one.status == "published"))
    user.settle()
    user.do("renew")
    assert page.form.record_id == new
    user.do("publish")
    dialog = user.dialog(FieldsDialog)
    about = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "它所续的原承诺随即终止" in about
    dialog.editors["published_where"].set_raw("大厅公示栏")
    dialog.carry_out()
    user.closed(dialog)
    former, after = sorted(stored(at), key=lambda one: one.status)
    assert (former.status, after.status) == ("ended", "published")
    assert (after.id, after.renews) == (new, former.id)
    assert former.valid_until == ENDING.valid_until
    assert "由续期的「窗口服务承诺」接替" in former.notes
    user.undo()
    assert sorted(one.status for one in stored(at)) == ["draft", "published"]


def test_publishing_a_renewal_in_the_form_ends_the_former_too(on_page: OnPage) -> None:
    user = on_page(ENDING)
    at, page = user.at, user.page
    user.do("renew")
    page.act("save")
    user.settle()
    page.form.body.editors["status"].set_raw("published")
    page.form.body.editors["status"].changed.emit()
    page.act("save")
    user.settle()
    assert sorted(one.status for one in stored(at)) == ["ended", "published"]
