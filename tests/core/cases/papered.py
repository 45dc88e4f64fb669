"""A walked case whose papers are composed at every step, as the service does with the database."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.core.procedures import walk as w

from zhifa.cases import papers
from zhifa.cases.papers import BodyParticulars, Earlier, Matter, Paper, PersonParticulars
from zhifa.documents.values import TYPES
from zhifa.procedures.values import ReviewContent
from zhifa.review.rules import Check

BODY = BodyParticulars(
    name="海门区演示市场监督管理局",
    address="海门区演示街道行政路2号",
    phone="0513-80000012",
    postcode="226100",
    payment_bank="演示银行海门支行",
    payment_account="32000000000000000001",
    payment_address="海门区演示街道金融路6号",
    reconsideration_body="南通市海门区人民政府",
    court="海门区人民法院（演示）",
)
_POSTS = {
    "case_handler": ("李演示", "食品监管科科员"),
    "second_handler": ("钱演示", "食品监管科科员"),
    "third_handler": ("孙演示", "食品监管科科员"),
    "handling_unit_head": ("郑演示", "食品监管科科长"),
    "agency_head": ("吴演示", "局长"),
    "case_reviewer": ("沈演示", "法规科科员"),
    "legal_reviewer": ("韩演示", "法规科科员"),
    "hearing_host": ("冯演示", "法规科副科长"),
    "hearing_clerk": ("陈演示", "法规科科员"),
    "disclosure_publisher": ("褚演示", "办公室科员"),
    "archivist": ("卫演示", "办公室科员"),
}
PEOPLE = {
    w.PEOPLE[role]: PersonParticulars(
        name=name,
        post=post,
        certificate_number=f"1006032026{w.PEOPLE[role].int:04}",
        qualification_number="A20203206840001" if role == "legal_reviewer" else "",
    )
    for role, (name, post) in _POSTS.items()
}
CHECKS = tuple(Check(content, holds=True) for content in ReviewContent)
CASE_NUMBER = "海市监立〔2026〕37号"


@dataclass
class Papered(w.Walk):
    """Walks as `Walk` does, and makes the papers of each step; `made` holds them all."""

    made: list[tuple[str, Paper, Earlier]] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)

    def take(
        self, action: str, data: Any, who: str, *, after: int = 0, on: date | None = None,
        **circumstances: Any,
    ) -> "Papered":  # fmt: skip
        super().take(action, data, who, after=after, on=on, **circumstances)
        composed = papers.compose(action, self.matter(data, who, self._read(action)))
        assert self.last is not None
        assert tuple(one.type_key for one in composed) == self.last.documents, action
        numbers: dict[str, str] = {}
        for bare in composed:
            numbers[bare.type_key] = self._number(bare.type_key)
            quoted = bare.follows and papers.numbered(bare, numbers[bare.follows])
            paper = replace(bare, values=quoted) if quoted else bare
            self.made.append((action, paper, self._kept(paper, numbers[paper.type_key])))
        return self

    def matter(self, data: Any, who: str, earlier: tuple[Earlier, ...]) -> Matter:
        """Return what the step's papers are composed from."""
        return Matter(
            data=data,
            facts=self.facts,
            case_number=CASE_NUMBER,
            body=BODY,
            people=PEOPLE,
            context=self.context,
            actor=w.PEOPLE[who],
            on=self.day,
            unit_name="食品监管科",
            earlier=earlier,
            checks=CHECKS,
        )

    def papers(self, type_key: str) -> list[Any]:
        """Return the values of every paper of a type, in order."""
        return [paper.values for _, paper, _ in self.made if paper.type_key == type_key]

    def paper(self, type_key: str) -> Any:
        """Return the values of the last paper of a type."""
        return self.papers(type_key)[-1]

    def _read(self, action: str) -> tuple[Earlier, ...]:
        """The earlier papers of the types that the step says it reads, and no others."""
        wanted = papers.READS.get(action, frozenset())
        return tuple(kept for _, _, kept in self.made if kept.type_key in wanted)

    def _number(self, type_key: str) -> str:
        word = TYPES[type_key].number_word
        if not word:
            return ""
        self.given[word] += 1
        return f"海市监{word}〔2026〕{self.given[word]}号"

    def _kept(self, paper: Paper, number: str) -> Earlier:
        return Earlier(
            type_key=paper.type_key,
            title=TYPES[paper.type_key].title,
            number=number,
            on=self.day,
            sequence=self.facts.sequence,
            party=paper.party,
            values=paper.values,
            pages=2,
        )
