"""What Qt needs of the system, said in words instead of a traceback when it is not there."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass

from sanyou_desktop.wording import _

_NEED_NO_DISPLAY = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


@dataclass(frozen=True)
class Library:
    """A shared library: its name for the loader, its package in Debian's and in Fedora's family."""

    name: str
    debian: str
    fedora: str


_ALWAYS = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)
# Qt 6.5 and newer do not load their X11 plugin without xcb-cursor.
_FOR_X11 = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
)


def explain_what_is_missing() -> str:
    """Return what keeps the window from opening and how to get it; "" if nothing does."""
    if importlib.util.find_spec("PySide6") is None:
        return _("没有安装 PySide6，窗口无法打开。请运行：{command}").format(
            command=f"{sys.executable} -m pip install PySide6-Essentials"
        )
    if not sys.platform.startswith("linux"):
        return ""
    missing = missing_libraries()
    if missing:
        return _("缺少 Qt 所需的系统库：{names}。\n请运行：{command}\n装好后重新启动。").format(
            names=_("、").join(item.name for item in missing), command=install_command(missing)
        )
    if _needs_display() and not _has_display():
        return _(
            "没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都没有设置），窗口无法打开。\n"
            "请在桌面环境中启动；没有桌面时可使用命令，见 main.py --help。"
        )
    return ""


def qt_libraries() -> tuple[Library, ...]:
    """Return every library that Qt may need, with a screen or without."""
    return _ALWAYS + _FOR_X11


def missing_libraries() -> list[Library]:
    """Return the libraries that Qt needs here and the loader does not find."""
    wanted: tuple[Library, ...] = _ALWAYS
    if _needs_display() and os.environ.get("DISPLAY"):
        wanted += _FOR_X11
    return [library for library in wanted if not _loads(library.name)]


def install_command(missing: list[Library]) -> str:
    """Return the one command that installs what is missing on this family of systems."""
    if shutil.which("apt-get") or not shutil.which("dnf"):
        packages = dict.fromkeys(library.debian for library in missing)
        return "sudo apt-get install -y " + " ".join(packages)
    packages = dict.fromkeys(library.fedora for library in missing)
    return "sudo dnf install -y " + " ".join(packages)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _needs_display() -> bool:
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    return platform not in _NEED_NO_DISPLAY


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
