"""What the operating system refuses, in the program's language.

Its own words come in English on most Linux machines of the offices. What is not here stays as the
system says it.
"""

from __future__ import annotations

import errno

from sanyou_desktop.wording import N_, to_user

_REASONS = {
    errno.ENOENT: N_("没有这个文件或文件夹"),
    errno.ENOTDIR: N_("路径中有一段不是文件夹"),
    errno.EISDIR: N_("这是文件夹，不是文件"),
    errno.ENAMETOOLONG: N_("文件名太长"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("磁盘是只读的"),
    errno.ENOSPC: N_("磁盘已满"),
    errno.EDQUOT: N_("磁盘配额已用完"),
    errno.EFBIG: N_("文件超出磁盘的上限"),
    errno.EIO: N_("磁盘读写出错"),
    errno.EBUSY: N_("正被占用"),
    errno.ETIMEDOUT: N_("网络没有回应"),
    errno.EHOSTDOWN: N_("网络没有回应"),
    errno.ENETUNREACH: N_("网络不通"),
    errno.ESTALE: N_("网络盘已断开"),
}


def reason_of(error: OSError) -> str:
    """Return why the system refused."""
    known = _REASONS.get(error.errno or 0)
    return to_user(known) if known else str(error.strerror or error)
