"""Amounts of money as whole fen (金额): never a float, never a fraction of a fen."""

import re

from zhifa.law.errors import BadValue

FEN_LIMIT = 10**18  # below ten thousand 万亿 yuan: all that the capitals can write

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_YUAN = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]{1,2})?")
_ADDITIONAL_FINE_PERCENT = 3  # a day, APL art. 72(1) item 1


class BadAmount(BadValue):
    """The amount is negative, too large, or not written as an amount."""


def capital(fen: int) -> str:
    """Return the amount as official documents write it: 500000 is 伍仟元整.

    整 follows a whole amount of yuan only. One 零 stands for any run of noughts between two
    figures of one group, before a group that begins with a nought, and before lone fen; none
    stands where its use is optional (壹拾万柒仟元, 壹拾元伍角). Nothing is 零元整.

    Source: 支付结算办法 annex 1 and 会计基础工作规范 art. 52, from memory (unverified).
    Raises BadAmount for a negative amount or one of 10 000 万亿 yuan and above.
    """
    if fen < 0:
        raise BadAmount("amount.negative")
    if fen >= FEN_LIMIT:
        raise BadAmount("amount.too_large")
    whole, rest = divmod(fen, 100)
    jiao, single = divmod(rest, 10)
    words = f"{_large(whole)}元" if whole else ""
    if not rest:
        return f"{words or '零元'}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif words:
        words += "零"
    return words + (f"{_DIGITS[single]}分" if single else "")


def yuan(fen: int) -> str:
    """Return the amount in figures, in yuan: 500000 is `5,000.00`."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02}"


def parse_yuan(text: str) -> int:
    """Return the fen of an amount in yuan: `5,000.00`, `5000` and `0.5` are amounts.

    Commas stand in threes or not at all, ASCII figures only, no sign, no unit, no blanks.
    Raises BadAmount: amount.format, amount.too_large.
    """
    if not _YUAN.fullmatch(text):
        raise BadAmount("amount.format")
    whole, _, fraction = text.replace(",", "").partition(".")
    if len(whole) > len(str(FEN_LIMIT)):  # before int() of a megabyte of figures
        raise BadAmount("amount.too_large")
    fen = int(whole) * 100 + int(fraction.ljust(2, "0"))
    if fen >= FEN_LIMIT:
        raise BadAmount("amount.too_large")
    return fen


def additional_fine_fen(fine_fen: int, days: int) -> int:
    """Return the additional fine (加处罚款) for `days` days begun after the due date.

    Three per cent of the fine a day, at most the fine: reached on day 34. The days are summed
    first and a fraction of a fen of that sum is dropped, in the party's favour; so the sum
    never falls when a day is added.

    Source: APL art. 72(1) item 1. Days that do not count (art. 73(3)) are left out by the caller.
    Raises BadAmount if the fine or the number of days is negative.
    """
    if fine_fen < 0 or days < 0:
        raise BadAmount("amount.negative")
    return min(fine_fen, fine_fen * _ADDITIONAL_FINE_PERCENT * days // 100)


def _large(number: int) -> str:
    """Return 1 to 10^16 - 1 in capitals, 亿 by 亿."""
    high, low = divmod(number, 10**8)
    words = f"{_middle(high)}亿" if high else ""
    if high and 0 < low < 10**7:
        words += "零"
    return words + _middle(low)


def _middle(number: int) -> str:
    """Return 0 to 99 999 999 in capitals, nothing for 0."""
    high, low = divmod(number, 10**4)
    words = f"{_small(high)}万" if high else ""
    if high and 0 < low < 10**3:
        words += "零"
    return words + _small(low)


def _small(number: int) -> str:
    """Return 0 to 9 999 in capitals, nothing for 0."""
    words = ""
    nought = False
    for figure, place in zip(f"{number:04}", _PLACES, strict=True):
        if figure == "0":
            nought = bool(words)
            continue
        words += ("零" if nought else "") + _DIGITS[int(figure)] + place
        nought = False
    return words
