"""Forms about tables that are brought (导入表单)."""

from django import forms

from zhifa.registry.forms.fields import choice
from zhifa.registry.imports.running import KINDS
from zhifa.registry.sheets.model import FILE_BYTES_MOST


class BringForm(forms.Form):
    """A file, and what it is."""

    kind = choice("表格", {key: kind.title for key, kind in KINDS.items()})
    file = forms.FileField(
        label="文件", allow_empty_file=True, help_text="xlsx、xls、et、csv，不超过 20 MB",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.txt,.json"}),
    )  # fmt: skip
    body = choice("执法主体", {}, required=False, help_text="表里没有“执法主体”一列时选择")

    def clean_file(self) -> object:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES_MOST:
            raise forms.ValidationError("文件过大，请拆成几个文件")
        return file
