"""Forms about people who sign in; what may be chosen is judged by the services."""

from django import forms

from zhifa.accounts.wording import WORDS
from zhifa.law.errors import BadValue, Conflict
from zhifa.law.errors_zh import CODES, error_words

_FIELDS = {"login_name.format": "login_name", "login_name.taken": "login_name"}


class PersonForm(forms.Form):
    """A new sign-in."""

    login_name = forms.CharField(
        label="登录名",
        max_length=60,
        help_text="小写字母、数字、点、横线，例如姓名的拼音",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(
        label="姓名", max_length=50, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def add_problem(self, problem: BadValue | Conflict) -> None:
        """Show at its field why the service did not take it."""
        if isinstance(problem, BadValue) and problem.code in CODES:
            self.add_error("name", error_words(problem))
        else:
            self.add_error(_FIELDS[problem.code], WORDS[problem.code])


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label="理由", max_length=300)


class ResetForm(ReasonForm):
    """Why a password is reset, and which one was there when the page was opened."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
