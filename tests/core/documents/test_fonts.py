"""The office's own fonts come first; the floor is always there."""

import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from tests.core.documents import samples

from zhifa.documents import rendering
from zhifa.documents.fonts import ROLES, font_set, stroked


def test_the_floor_prints_every_role() -> None:
    fonts = font_set(None)
    assert set(fonts.families) == set(ROLES)
    assert fonts.used == {
        "fangsong": "Noto Serif SC",
        "hei": "Noto Sans SC",
        "kai": "Noto Serif SC",
        "xiaobiaosong": "Noto Serif SC",
    }
    assert stroked(fonts)


def test_every_role_ends_with_a_font_that_has_rare_characters() -> None:
    assert {names[-1] for names in ROLES.values()} == {"Noto Serif SC"}


def test_a_folder_of_the_office_is_read(tmp_path: Path) -> None:
    shutil.copy(pylopdf_fonts_zh_cn.sans_path(), tmp_path / "office.otf")
    key = "service_receipt"
    made = rendering.render(
        key,
        samples.SAMPLES[key],
        frame=samples.frame(key),
        timestamp=samples.MADE_AT,
        font_folder=tmp_path,
    )
    assert b'"fonts":{"fangsong":"Noto Serif SC"' in made.data


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        font_set(tmp_path / "nowhere")
