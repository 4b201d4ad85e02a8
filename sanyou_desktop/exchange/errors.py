"""What can go wrong with a file going in or out; each text says what was kept and what to do."""

from __future__ import annotations


class ExchangeError(Exception):
    """A known condition; its text is for the user."""


class FileBusy(ExchangeError):
    """Another program or another unit has the file open.

    Attributes:
        who: who has it, as far as that can be told; "" if it cannot.
        owner: the name of the file beside it that says so; "" if there is none.
    """

    def __init__(self, text: str, *, who: str = "", owner: str = "") -> None:
        """Tell ``text`` to the user."""
        super().__init__(text)
        self.who = who
        self.owner = owner


class NotAWorkbook(ExchangeError):
    """The file is no workbook, or is damaged."""


class Unsupported(ExchangeError):
    """A workbook that cannot be changed without losing something of it."""


class TooLarge(ExchangeError):
    """A file beyond the limits within which it can be handled safely."""


class CannotWrite(ExchangeError):
    """The folder or the disk does not take the file."""


class ExportCancelled(ExchangeError):
    """The user cancelled; nothing was written."""


class NotAList(ExchangeError):
    """The file holds no named list that can be read; the text says where it is wrong."""


class NewerFormat(ExchangeError):
    """The file was written by a newer version of the program."""


class Withheld(ExchangeError):
    """A record that carries a mark of confidentiality is not let out."""
