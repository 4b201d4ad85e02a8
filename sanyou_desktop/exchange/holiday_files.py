"""Holiday tables from and to files: read as offices save them, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sanyou_desktop.exchange.errors import ExchangeError, TooLarge
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.model.holiday_file import BadHolidays, parse_holidays, write_holidays
from sanyou_desktop.model.working_days import HolidayTable
from sanyou_desktop.wording import _, to_user

_LARGEST = 1_000_000


class BadHolidayFile(ExchangeError):
    """The file holds no holiday table; the text names the line and how to mend it."""


def read_holidays(path: Path) -> list[HolidayTable]:
    """Return the tables of a file: JSON, or lines of a date and 放假 or 上班.

    Raises:
        BadHolidayFile, TooLarge: with the reason.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise TooLarge(to_user("{name} 太大，不像节假日表，没有读取。").format(name=path.name))
        content = path.read_bytes()
    except OSError as error:
        text = _("读不了 {name}（{reason}），节假日表没有改动。请检查文件后再试。")
        raise BadHolidayFile(text.format(name=path.name, reason=reason_of(error))) from error
    try:
        return parse_holidays(_decoded(content))
    except BadHolidays as error:
        text = _("{name}：{reason}").format(name=path.name, reason=error)
        raise BadHolidayFile(text) from error


def write_holiday_file(path: Path, tables: Iterable[HolidayTable]) -> None:
    """Write tables as JSON that ``read_holidays`` takes.

    Raises:
        CannotWrite, FileBusy: what was at ``path`` is as it was.
    """
    with replacing(path) as temporary:
        temporary.write_text(write_holidays(tables), encoding="utf-8")


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel and Notepad on Chinese Windows save; anything else is no text.
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise BadHolidays(
            _("不是文本文件，节假日表没有改动。请另存为 CSV、TXT 或 JSON。")
        ) from error
