"""Which font prints which role of an official document (字体): the office's own before the floor.

No free 仿宋 can be relied on, so every role is an ordered list of families; an office that owns
仿宋_GB2312 or 小标宋 puts the files into its font folder and the documents change without more ado.
Each list ends with fonts that cover all of GBK and extension A, or rare names would not print.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pylopdf_fonts_zh_cn
import typst

_SERIF = "Noto Serif SC"
_SANS = "Noto Sans SC"

# Families as they name themselves in their files, Chinese or Latin; GB/T 9704 names the roles.
ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fangsong": (
            "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "朱雀仿宋", "Zhuque Fangsong",
            "FandolFang", _SERIF,
        ),
        "hei": ("黑体", "SimHei", "FandolHei", _SANS, _SERIF),
        "kai": (
            "楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "霞鹜文楷", "LXGW WenKai", "FandolKai",
            _SERIF,
        ),
        "xiaobiaosong": (
            "方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05",
            "华文中宋", "STZhongsong", _SERIF,
        ),
    }
)  # fmt: skip


@dataclass(frozen=True)
class FontSet:
    """The fonts of one process: the loaded files, and the families present for every role."""

    loaded: typst.Fonts
    families: Mapping[str, tuple[str, ...]]

    @property
    def used(self) -> Mapping[str, str]:
        """Return the family that prints each role: what a user is told on screen."""
        return {role: families[0] for role, families in self.families.items()}


@cache
def font_set(folder: Path | None) -> FontSet:
    """Return the fonts of the office's folder, if it has one, above the floor (loaded once).

    Only families that are present are listed, so a template never names an unknown one.
    Raises FileNotFoundError if the folder does not exist.
    """
    if folder is not None and not folder.is_dir():
        raise FileNotFoundError(folder)
    floor = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    paths = [str(path) for path in (folder, floor) if path is not None]
    loaded = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    present = {family.lower(): family for family in loaded.families()}
    families = {
        role: tuple(present[name.lower()] for name in names if name.lower() in present)
        for role, names in ROLES.items()
    }
    return FontSet(loaded, MappingProxyType(families))


def stroked(fonts: FontSet) -> bool:
    """Return whether 小标宋 falls to the floor, which has no heavy weight and is stroked instead."""
    return fonts.families["xiaobiaosong"][0] == _SERIF
