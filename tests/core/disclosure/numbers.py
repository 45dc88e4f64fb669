"""Numbers that look like something else."""

from itertools import count

from zhifa.law.identifiers import _USCC_ALPHABET, _USCC_WEIGHTS, subject_check


def figures_only_credit_code() -> str:
    """Return a valid credit code that consists of figures only."""
    for number in count(10000000):
        subject = str(number)
        text = f"91320684{subject}{subject_check(subject)}"
        total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(text, _USCC_WEIGHTS, strict=True))
        code = text + _USCC_ALPHABET[-total % 31]
        if code.isdigit():
            return code
    raise AssertionError
