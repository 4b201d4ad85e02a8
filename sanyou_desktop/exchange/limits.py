"""Looking at a file before anything in it is parsed: is it a workbook, and is it a safe one.

What passes here can be read within the bar for any input (20 s, 600 MB); what does not is refused
with the reason and with what to do.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

from sanyou_desktop.exchange.errors import (
    CannotWrite,
    FileBusy,
    NotAWorkbook,
    TooLarge,
    Unsupported,
)
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.wording import to_user

MEGABYTE = 1024 * 1024
LARGEST_FILE = 128 * MEGABYTE
LARGEST_PART = 256 * MEGABYTE
LARGEST_TOTAL = 1024 * MEGABYTE
MOST_PARTS = 10_000
# Of what is edited some three copies are in memory at times; what only passes through is not held.
LARGEST_MARKUP = 100 * MEGABYTE
# Lists of parts and of cell formats, which are read again and again; Excel has 65,490 formats.
LARGEST_LIST = 24 * MEGABYTE
# A sheet of empty formatted cells deflates about 1:150; deflate's own bound is 1:1032.
HIGHEST_RATIO = 250
# What a reader of any table can hold of one sheet, and of the texts that its cells show.
MOST_CELLS_OF_TABLE = 4_000_000
MOST_TEXT = 128 * MEGABYTE
_RATIO_FROM = 8 * MEGABYTE
_SEARCHED = 4 * MEGABYTE
# ECMA-376-1 gives no bound; these are Excel's.
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_ENTRY = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that zipfile raises on wrong bytes: places before the file, dates and names that are none.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, RuntimeError,
)  # fmt: skip
_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")


def read_file(path: Path) -> bytes:
    """Return a workbook's bytes, at most ``LARGEST_FILE`` of them.

    Raises:
        FileNotFoundError: there is no such file.
        TooLarge, FileBusy, CannotWrite: it cannot be read, with the reason.
    """
    try:
        # A pipe or a device may never end, and opening one may wait for ever.
        if path.exists() and not path.is_file():
            raise CannotWrite(_not_a_file(path))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise
    except PermissionError as error:
        raise FileBusy(
            to_user("{name} 读不了：正被其他程序独占，或没有权限。文件未变，请稍后再试。").format(
                name=path.name
            )
        ) from error
    except OSError as error:
        raise CannotWrite(
            to_user("{name} 读不了（{reason}），文件未变。请检查磁盘和网络连接。").format(
                name=path.name, reason=reason_of(error)
            )
        ) from error
    if len(data) > LARGEST_FILE:
        raise TooLarge(
            to_user("{name} 超过 {size} MB，未作处理。请删去其中的大图片，或分成几个文件。").format(
                name=path.name, size=LARGEST_FILE // MEGABYTE
            )
        )
    return data


def _not_a_file(path: Path) -> str:
    if path.is_dir():
        return to_user("{path} 是文件夹，不是文件，没有读取。请选择其中的文件。").format(path=path)
    return to_user("{path} 是管道或设备，不是文件，没有读取。请先存成文件。").format(path=path)


def too_wide(name: str) -> TooLarge:
    """Return the refusal of a file with a sheet whose cells span more than can be held."""
    return TooLarge(
        to_user(
            "{name} 的表过大（有内容的格子相距太远），没有读入。请把表格复制到新文件再试。"
        ).format(name=name)
    )


def too_much_text(name: str) -> TooLarge:
    """Return the refusal of a file whose cells show more text than can be held."""
    return TooLarge(
        to_user("{name} 各格的文字合计超过 {limit} MB，没有读入。请分成几个文件。").format(
            name=name, limit=MOST_TEXT // MEGABYTE
        )
    )


def binary_workbook(name: str) -> Unsupported:
    """Return why a workbook of binary parts (.xlsb) is not taken.

    Nothing here tells how far its cells reach before a reader makes room for all of them.
    """
    return Unsupported(
        to_user("{name} 是 .xlsb 格式。文件未变，请用 Excel 另存为 .xlsx 后再试。").format(
            name=name
        )
    )


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Return the workbook as an archive whose entries are within the limits.

    Raises:
        NotAWorkbook, Unsupported, TooLarge: it must not be read further; the text says why.
    """
    _refuse_compound_file(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise NotAWorkbook(
            to_user(
                "{name} 不是 Excel 工作簿（.xlsx），或已损坏。文件未变，请检查是否选错。"
            ).format(name=name)
        ) from error
    entries = archive.infolist()
    _check_names(entries, name)
    _check_sizes(entries, name)
    _check_format(archive, name)
    return archive


def check_open_document(data: bytes, name: str) -> None:
    """Look at a spreadsheet of OpenDocument (.ods) before it is parsed.

    Raises:
        NotAWorkbook, TooLarge: it must not be read further; the text says why.
    """
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except _DAMAGE as error:
        raise NotAWorkbook(
            to_user(
                "{name} 不是表格文件，或已损坏，没有读入。请用 WPS 或 Excel 另存一份再试。"
            ).format(name=name)
        ) from error
    _check_names(entries, name)
    _check_sizes(entries, name)


def read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, length: int = -1
) -> bytes:
    """Return one part, uncompressed; its check sum and its declared size are verified.

    With ``length`` only so many bytes of its beginning, which are not.

    Raises:
        NotAWorkbook: the part is damaged.
    """
    try:
        with archive.open(entry) as part:
            if length >= 0:
                return part.read(length)
            # In one room that grows: zipfile would hold a large part twice at the end.
            room = io.BytesIO()
            while piece := part.read(MEGABYTE):
                room.write(piece)
            return room.getvalue()
    except _DAMAGE as error:
        raise NotAWorkbook(
            to_user("{name} 已损坏：其中的 {part} 读不出来。文件未变，请找回完好的一份。").format(
                name=name, part=entry.filename
            )
        ) from error


def holds(data: bytes, piece: bytes, start: int = 0) -> bool:
    """Tell whether a short piece stands in data, some megabytes at a time.

    One search through a large part would hold up every other thread for some tenths of a second.
    """
    while start < len(data):
        end = start + _SEARCHED
        if data.find(piece, start, end + len(piece) - 1) >= 0:
            return True
        start = end
    return False


def check_markup(data: bytes, part: str, name: str) -> None:
    """Refuse XML that we would read wrongly or that could harm.

    Raises:
        Unsupported: a document type (entities can blow up or fetch files), or not UTF-8.
    """
    if holds(data, b"<!DOCTYPE") or holds(data, b"<!ENTITY"):
        raise Unsupported(
            to_user(
                "{name} 的 {part} 含有外部定义（DTD），为安全起见没有处理，文件未变。"
                "请用 Excel 或 WPS 打开另存一份后再试。"
            ).format(name=name, part=part)
        )
    declared = _DECLARED_ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    encoding = declared.group(1).lower() if declared else b"utf-8"
    # UTF-8 has no zero bytes in XML; a parser takes them for UTF-16, marked as such or not.
    if holds(data, b"\0") or encoding not in (b"utf-8", b"us-ascii"):
        raise Unsupported(
            to_user(
                "{name} 的 {part} 不是 UTF-8 编码。文件未变，请用 Excel 或 WPS 另存后再试。"
            ).format(name=name, part=part)
        )


def _refuse_compound_file(data: bytes, name: str) -> None:
    if not data.startswith(_COMPOUND_FILE):
        return
    if _ENCRYPTED_STREAM in data:
        raise Unsupported(
            to_user("{name} 设有打开密码。文件未变，请去掉密码后再试。").format(name=name)
        )
    raise Unsupported(
        to_user(
            "{name} 是旧版 .xls 格式。文件未变，请用 Excel 或 WPS 另存为 .xlsx 后再试。"
        ).format(name=name)
    )


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        part = entry.orig_filename
        # Part names are compared without regard to case (ECMA-376-2, 6.2.2.3).
        folded = part.lower()
        steps = part.split("/")
        unsafe = part.startswith("/") or "\\" in part or ":" in part or "\0" in part
        if unsafe or ".." in steps or folded in seen:
            raise NotAWorkbook(
                to_user(
                    "{name} 的内部结构不正常（{part}），没有处理，文件未变。"
                    "请用 Excel 或 WPS 打开另存一份后再试。"
                ).format(name=name, part=part.replace("\0", ""))
            )
        seen.add(folded)


def _check_sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(entry.file_size for entry in entries)
    largest = max((entry.file_size for entry in entries), default=0)
    if len(entries) > MOST_PARTS or total > LARGEST_TOTAL or largest > LARGEST_PART:
        raise TooLarge(
            to_user(
                "{name} 解开后过大（{size} MB，{count} 个部分），未作处理。请分成几个文件。"
            ).format(name=name, size=total // MEGABYTE, count=len(entries))
        )
    for entry in entries:
        expands = entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        if entry.file_size > _RATIO_FROM and expands:
            raise TooLarge(
                to_user("{name} 的压缩比异常（{part}），为安全起见未作处理。").format(
                    name=name, part=entry.filename
                )
            )


def _check_format(archive: zipfile.ZipFile, name: str) -> None:
    names = {entry.filename.lower() for entry in archive.infolist()}
    if any(
        entry.flag_bits & _ENCRYPTED_ENTRY or entry.compress_type not in _METHODS
        for entry in archive.infolist()
    ):
        raise Unsupported(
            to_user("{name} 的压缩方式不受支持，或设有密码。文件未变。").format(name=name)
        )
    if "[content_types].xml" not in names:
        raise NotAWorkbook(
            to_user("{name} 不是 Excel 工作簿（.xlsx）。文件未变，请另存为 .xlsx 后再试。").format(
                name=name
            )
        )
    if any(part.endswith("workbook.bin") for part in names):
        raise binary_workbook(name)
    if any(part.startswith("_xmlsignatures/") for part in names):
        raise Unsupported(
            to_user("{name} 带有数字签名，写入会使签名失效。文件未变，请先去掉签名。").format(
                name=name
            )
        )
