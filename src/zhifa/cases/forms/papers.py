"""The scan of a signed paper (签名扫描件)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from zhifa.cases.forms.base import Day, Text
from zhifa.cases.services import Attachment
from zhifa.documents.selectors import MadeDocument
from zhifa.procedures.facts import Facts


class SignedPaperForm(forms.Form):
    """Who signed, and when."""

    signer = Text("签名人", longest=50)
    signed_on = Day("签名日期")

    def __init__(
        self, data: Any = None, *, facts: Facts, paper: MadeDocument, since: date, today: date
    ) -> None:
        """Draw the form; `since`: the day of the paper, or of its step where that was corrected."""
        self.paper = paper
        self.since = since
        self.today = today
        party = facts.party(paper.party) if paper.party else None
        party = party or (facts.parties[0] if facts.parties else None)
        signer = (party.guardian or party.representative or party.name) if party else ""
        super().__init__(data, initial={"signer": signer, "signed_on": since})
        self.fields["signed_on"].widget.attrs["max"] = today.isoformat()

    def clean_signed_on(self) -> date:
        """Refuse a day before the paper was made, or in the future."""
        day: date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError("签名日期不能晚于今天")
        if day < self.since:
            raise forms.ValidationError(f"签名日期不能早于文书日期 {self.since}")
        return day

    def name(self) -> str:
        """Return what the item is called."""
        return f"{self.paper.title}（签名件）"

    def signed(self, attached: Attachment) -> Attachment:
        """Return the file as the signed paper of the document."""
        said = replace(
            attached.said, signs_document=self.paper.id, signer=self.cleaned_data["signer"]
        )
        return replace(attached, said=said)
