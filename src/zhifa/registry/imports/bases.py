"""The legal bases of a power item in one cell (依据): `【法律】《名称》第几条` and the words below it.

Lists of the office write them in many ways: several articles under one act, notes on the act's version in
brackets, no level at all. What can be told apart is; what cannot stays as text, so nothing is lost, and
the item stays a draft until someone has told it apart.
"""

import re

from zhifa.registry.rules import ForceLevel, LegalBasis
from zhifa.registry.wording import FORCE_LEVELS

_FIGURES = "一二三四五六七八九十百千零〇0-9"
_ARTICLE = re.compile(
    rf"第[{_FIGURES}]+条(?:之[{_FIGURES}]+)?(?:第[{_FIGURES}]+款)?(?:第[{_FIGURES}（）()]+项)?"
)
_HEAD = re.compile(
    r"[\"“;；\s\d、.．]*(?:【(?P<level>[^】\n]{1,12})】)?\s*[:：]?\s*《(?P<act>[^\n]+?)》"
)
_NOTE = re.compile(r"\s*[（(](?P<note>[^\n]*?)[）)](?=\s*(?:第|$|\n))")
_OURS = re.compile(
    r"【(?P<level>[^】\n]+)】《(?P<act>[^\n]*)》(?P<article>[^\n]{0,60})", re.MULTILINE
)
_EDGES = ' \t\u3000:："“”'
_LEVELS = {
    "宪法": ForceLevel.LAW,
    "规章": ForceLevel.DEPARTMENT_RULE,
    "部委规章": ForceLevel.DEPARTMENT_RULE,
    "政府规章": ForceLevel.LOCAL_RULE,
    "地方规章": ForceLevel.LOCAL_RULE,
    "国务院文件": ForceLevel.NORMATIVE_DOCUMENT,
} | {words: level for level, words in FORCE_LEVELS.items()}


def bases_text(bases: tuple[LegalBasis, ...]) -> str:
    """Return the bases as one cell; `read_bases` gives them back."""
    return "\n".join(
        f"【{FORCE_LEVELS[one.force_level]}】《{one.act}》{one.article}\n{one.text}".rstrip("\n")
        if one.act
        else one.text
        for one in bases
    )


def read_bases(text: str) -> tuple[LegalBasis, ...]:
    """Return the bases that a cell names, in order; () for an empty cell.

    A part without act or article keeps its words, and leaves the item incomplete.
    """
    found: list[LegalBasis] = []
    for block in _blocks(text):
        found.extend(_block(block))
    return tuple(found)


def _blocks(text: str) -> list[str]:
    """Return the parts that each begin with an act at the start of a line."""
    blocks: list[list[str]] = []
    for line in text.strip(' "\u3000\n\t').splitlines():
        if not blocks or _HEAD.match(line):
            blocks.append([line.rstrip()])
        else:
            blocks[-1].append(line.rstrip())
    return ["\n".join(lines).strip("\n") for lines in blocks]


def _block(block: str) -> list[LegalBasis]:
    first, _, rest = block.partition("\n")
    if ours := _OURS.fullmatch(first):
        level = _LEVELS.get(ours["level"])
        if level is not None and "》" not in ours["act"] and _ARTICLE.fullmatch(ours["article"]):
            return [
                LegalBasis(act=ours["act"], article=ours["article"], text=rest, force_level=level)
            ]
    head = _HEAD.match(block)
    if head is None:
        text = block.strip()
        return [_basis("", "", text, None)] if text else []
    note, after = "", block[head.end() :]
    if match := _NOTE.match(after):
        note, after = f"（{match['note']}）", after[match.end() :]
    return _articles(head["act"], head["level"], note, after)


def _articles(act: str, level: str | None, note: str, text: str) -> list[LegalBasis]:
    """Return a basis for each article that begins a line or stands right behind the act."""
    starts = [
        match
        for match in _ARTICLE.finditer(text)
        if not text[: match.start()].rpartition("\n")[2].strip(_EDGES)
    ]
    if not starts or text[: starts[0].start()].strip(_EDGES + "\n"):
        words = text.strip(_EDGES + "\n")
        return [_basis(act, "", "\n".join(part for part in (note, words) if part), level)]
    found: list[LegalBasis] = []
    for match, following in zip(starts, [*starts[1:], None], strict=True):
        words = text[match.end() : following.start() if following else None].strip(_EDGES + "\n")
        if note and not found:
            words = f"{note}\n{words}" if words else note
        found.append(_basis(act, match.group(), words, level))
    return found


def _basis(act: str, article: str, text: str, level: str | None) -> LegalBasis:
    known = _LEVELS.get(level or "")
    return LegalBasis(act=act, article=article, text=text, force_level=known or _guess(act))


def _guess(act: str) -> ForceLevel:
    """Return what kind of text an act most likely is, by its name."""
    if act.startswith("中华人民共和国") and act.endswith(("法", "法典")):
        return ForceLevel.LAW
    if act.endswith("法"):
        return ForceLevel.LAW
    if act.endswith("条例"):
        return ForceLevel.ADMINISTRATIVE_REGULATION
    if act.endswith(("办法", "规定", "细则")):
        return ForceLevel.DEPARTMENT_RULE
    return ForceLevel.NORMATIVE_DOCUMENT
