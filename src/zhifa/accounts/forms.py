"""Forms of this room; what may be chosen is judged by its services."""

from typing import Any

from django import forms

from zhifa.accounts.wording import WORDS
from zhifa.law.errors import BadValue


class PasswordForm(forms.Form):
    """One's own password: the old one, and the new one twice."""

    old = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="不少于10位，不能全是数字，不能是常见密码，不能与姓名、登录名相近。",
    )
    again = forms.CharField(
        label="再输一次新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Find a slip of the finger before anything is changed."""
        cleaned = super().clean() or {}
        if {"new", "again"} <= cleaned.keys() and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新密码不一样")
        return cleaned

    def add_problem(self, problem: BadValue) -> None:
        """Show at its field why the service did not take the password."""
        self.add_error("old" if problem.code == "password.wrong" else "new", WORDS[problem.code])
