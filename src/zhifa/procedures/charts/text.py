"""How much room words take: no font is asked, a Chinese character is one em wide."""

import unicodedata

_NOT_FIRST = frozenset("，。、；：！？）》」』〕】,.;:!?)]")


def width(text: str, size: float) -> float:
    """Return the width of one line in pixels at a font size in pixels, on the safe side."""
    return sum(_ems(character) for character in text) * size


def _ems(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return 0.62 if not character.isupper() else 0.78


def wrap(text: str, ems: float) -> tuple[str, ...]:
    """Return the text in as few lines of at most `ems` as it needs, about equally long.

    No line starts with closing punctuation, so a line may be one character too long.
    """
    total = width(text, 1.0)
    count = max(1, -int(-total // ems))
    aim = total / count
    lines = [""]
    for character in text:
        full = width(lines[-1], 1.0) + _ems(character) / 2 > aim
        if full and len(lines) < count and character not in _NOT_FIRST:
            lines.append("")
        lines[-1] += character
    return tuple(line.strip() for line in lines)
