"""Parties of a case (当事人) as rows: person, organisation, individual business, minors."""

import unicodedata
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from zhifa.cases.forms.base import Day, Text
from zhifa.cases.forms.rows import Row
from zhifa.cases.wording import options
from zhifa.law.errors_zh import error_words
from zhifa.law.identifiers import BadIdentifier, check_id_number, check_uscc, is_id_number
from zhifa.law.names import (
    ORGANISATION_NAME_LONGEST,
    PERSON_NAME_LONGEST,
    BadName,
    check_name,
)
from zhifa.law.near_miss import SuspectKind, suspect_id_numbers
from zhifa.procedures.values import Party, PartyKind

_NEAR = "与一个有效号码只差一处，请核对是否输错、漏输、多输或者颠倒了一位"


class PartyRow(Row):
    """One party. The birth date of a person is taken from the identity number."""

    title: ClassVar[str] = "当事人"
    hint: ClassVar[str] = "个体工商户填字号和经营者；未满十八周岁的人填监护人；用不到的行留空即可"
    add_words: ClassVar[str] = "加一名当事人"
    presets: ClassVar[frozenset[str]] = frozenset({"kind", "party_id"})

    party_id = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="类型", choices=options(PartyKind))
    name = Text("姓名或者名称")
    identifier = Text(
        "证件号码", longest=40, required=False, help_text="自然人填身份证号，其余填统一社会信用代码"
    )
    representative = Text("法定代表人、负责人或者经营者", longest=50, required=False)
    address = Text("住址或者住所", required=False)
    phone = Text("联系电话", longest=40, required=False)
    born_on = Day("出生日期", required=False, help_text="有身份证号的不用填")
    guardian = Text("监护人", longest=50, required=False, help_text="未成年人填姓名和关系")

    def clean_identifier(self) -> str:
        """Return the number without the blanks between its figures."""
        text: str = self.cleaned_data["identifier"]
        return "".join(unicodedata.normalize("NFKC", text).split())

    def clean(self) -> dict[str, Any]:
        """Judge name, number and guardian by the kind of the party."""
        said = super().clean() or {}
        person = said.get("kind") == PartyKind.PERSON
        if name := said.get("name"):
            self._check_name(name, PERSON_NAME_LONGEST if person else ORGANISATION_NAME_LONGEST)
        if number := said.get("identifier"):
            self._check_number(number, person=person)
        if person:
            self._check_age(said)
        elif not said.get("representative") and "name" in said:
            self.add_error("representative", "请填写法定代表人、负责人或者经营者的姓名")
        return said

    def _check_name(self, name: str, longest: int) -> None:
        try:
            check_name(name, longest=longest)
        except BadName as wrong:
            self.add_error("name", ValidationError(error_words(wrong), code=wrong.code))

    def _check_number(self, number: str, *, person: bool) -> None:
        try:
            check_id_number(number, on=self.today) if person else check_uscc(number)
        except BadIdentifier as wrong:
            words = error_words(wrong) + self._near(number, person=person)
            self.add_error("identifier", ValidationError(words, code=wrong.code))

    def _near(self, number: str, *, person: bool) -> str:
        if not person:
            return "；这是身份证号，不是统一社会信用代码" if is_id_number(number) else ""
        near = any(found.kind is SuspectKind.NEAR for found in suspect_id_numbers(number))
        return f"；{_NEAR}" if near else ""

    def _check_age(self, said: dict[str, Any]) -> None:
        number = said.get("identifier", "")
        if "identifier" not in self.errors and number:
            born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
            if said.get("born_on") not in {None, born}:
                self.add_error("born_on", "与身份证号中的出生日期不一致")
            said["born_on"] = born
        born_on = said.get("born_on")
        if born_on is None:
            return
        if born_on > self.today:
            self.add_error("born_on", "出生日期不能晚于今天")
        elif _years(born_on, self.today) < 18 and not said.get("guardian"):
            self.add_error("guardian", "未满十八周岁，请填写监护人的姓名和关系")

    def said(self) -> Party:
        """Return the party under the id it came with; `known_ids` decides whether that is kept."""
        said = self.cleaned_data
        person = said["kind"] == PartyKind.PERSON
        return Party(
            id=_uuid(said["party_id"]),
            kind=PartyKind(said["kind"]),
            name=said["name"],
            identifier=said["identifier"],
            address=said["address"],
            phone=said["phone"],
            representative="" if person else said["representative"],
            born_on=said["born_on"] if person else None,
            guardian=said["guardian"] if person else "",
        )


def row_of(party: Party) -> dict[str, Any]:
    """Return a party as a row takes it back."""
    return {
        "party_id": str(party.id),
        "kind": party.kind.value,
        "name": party.name,
        "identifier": party.identifier,
        "representative": party.representative,
        "address": party.address,
        "phone": party.phone,
        "born_on": party.born_on,
        "guardian": party.guardian,
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _years(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
