"""The deadline catalogue (期限目录), procedures.md section 11: every term by its key.

What is marked policy or unverified is a default: registry settings put other rules in its place
with `Term.amended`.
"""

from zhifa.law.common_terms import T35, T36, T37, T39, T43, T44, T45, T48, T49, T50, T51
from zhifa.law.penalty_terms import T01, T02, T03, T04, T05, T06, T09, T10, T47
from zhifa.law.terms import Term, Unit

CATALOGUE: dict[str, Term] = {
    term.key: term
    for term in (
        T01, T02, T03, T04, T05, T06, T09, T10, T35, T36, T37, T39, T43, T44, T45, T47, T48,
        T49, T50, T51,
    )
}  # fmt: skip

# What is counted in working days, whichever field's rule a body is under.
IN_WORKING_DAYS = frozenset(
    key
    for key, term in CATALOGUE.items()
    if all(
        rule.length.unit is Unit.WORKING_DAY
        for branch in term.branches
        for _, rule in branch.rules.versions
    )
)
