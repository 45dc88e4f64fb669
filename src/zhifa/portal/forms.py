"""What visitors ask for (查询表单): filters of lists, a number or a file to check."""

from typing import Any

from django import forms
from django.http import QueryDict

from zhifa.portal.contents import ActType
from zhifa.portal.wording import words

_ACTS = [("", "全部种类"), *((act.value, words(act.value)) for act in ActType)]


def _picker() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _Filter(forms.Form):
    """A form read from the address; its fields carry the look of the site."""

    use_required_attribute = False
    page = forms.IntegerField(min_value=1, max_value=1000, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    def asked(self) -> dict[str, Any]:
        """Return what was asked and can be understood; the rest counts as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class SearchForm(_Filter):
    """Words to look for (关键词)."""

    q = forms.CharField(
        label="关键词", max_length=100, required=False, widget=forms.TextInput({"type": "search"})
    )


class _OfBodies(SearchForm):
    """A list that can be narrowed to one body."""

    body = forms.ChoiceField(label="执法主体", required=False)

    def __init__(self, data: QueryDict | None = None, *, bodies: dict[str, str]) -> None:
        super().__init__(data)
        self.fields["body"].choices = [("", "全部主体"), *bodies.items()]  # type: ignore[attr-defined]


class OfficerFilter(_OfBodies):
    """Officers: by name or certificate number, and body."""

    field_order = ("q", "body")


class ItemFilter(_OfBodies):
    """Power items: by name or code, body and kind of act."""

    act = forms.ChoiceField(label="行为种类", choices=_ACTS, required=False)
    field_order = ("q", "body", "act")


class DecisionFilter(_OfBodies):
    """Decisions: by party, number or cause, body, kind of act and day."""

    act = forms.ChoiceField(label="行为种类", choices=_ACTS, required=False)
    since = forms.DateField(label="决定日期从", required=False, widget=_picker())
    until = forms.DateField(label="到", required=False, widget=_picker())
    field_order = ("q", "body", "act", "since", "until")


class CheckForm(_Filter):
    """A document to check: by its number, its token or the digest of its file (文书核验)."""

    asked_for = forms.CharField(
        label="文号、核验码或文件摘要值",
        max_length=200,
        required=False,
        widget=forms.TextInput({"placeholder": "例如：海市监罚〔2026〕12号"}),
    )


class FileForm(forms.Form):
    """A file to compare with what was published (文件比对)."""

    file = forms.FileField(
        label="文书的 PDF 文件",
        allow_empty_file=True,
        widget=forms.FileInput({"class": "form-control", "accept": "application/pdf"}),
    )
