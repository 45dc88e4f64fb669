"""The service of a notice of correction (补正通知书的送达): the form of every service, without a step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from zhifa.cases.forms.rights import ServePartyForm
from zhifa.cases.known import Known
from zhifa.procedures.facts import Facts
from zhifa.procedures.values import Party


class NoticeServiceForm(ServePartyForm):
    """To whom, how and when; who has got it already stands last."""

    def __init__(
        self, data: Any = None, *, facts: Facts, to_serve: Sequence[Party], today: date
    ) -> None:
        self._left = frozenset(party.id for party in to_serve)
        super().__init__(data, action="serve", known=Known(today=today, facts=facts))

    def done_with(self) -> frozenset[Any]:
        """Return who needs this notice no more."""
        return frozenset(one.id for one in self.known.facts.parties) - self._left

    def prepare(self) -> None:
        """Ask for the day of the service; no term runs from it."""
        super().prepare()
        day = self.fields["happened_on"]
        day.label, day.help_text = "送达日期", "不能早于补正通知书的日期，也不能晚于今天"
