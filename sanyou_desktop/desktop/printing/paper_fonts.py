"""The faces of Chinese documents, by what the machine has of them.

Windows, UOS and Kylin bring 仿宋, 楷体, 黑体 and 宋体 under several names; 方正小标宋 is what
titles of official documents are set in (GB/T 9704-2012, 5.2.2) and is often installed with WPS.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QGuiApplication

SONG = ("SimSun", "宋体", "Noto Serif CJK SC", "Source Han Serif SC", "方正书宋_GBK")
FANGSONG = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "方正仿宋_GBK", *SONG)
KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "方正楷体_GBK", *SONG)
HEI = ("SimHei", "黑体", "Noto Sans CJK SC", "Source Han Sans SC", "方正黑体_GBK")
TITLE = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", "方正小标宋_GB18030", *SONG)


def paper_font(faces: tuple[str, ...], points: float, *, bold: bool = False) -> QFont:
    """Return a font of the first of ``faces`` that is installed, else the window's own."""
    font = QFont()
    font.setFamilies([*faces, *QGuiApplication.font().families()])
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
