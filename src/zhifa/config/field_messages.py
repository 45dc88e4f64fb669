"""What a form says about a field, in our words (栏目提示): one place for every form of every room.

The framework's own sentences are those of a programmer, and some are in English. A field that has
something of its own to say says it in its `error_messages`, which come after these.
"""

from collections.abc import Mapping

from django import forms

_CHOICE = {"required": "请选择", "invalid_choice": "没有这个选项，请重新选择"}
_CHOICES = _CHOICE | {
    "required": "请至少选择一项",
    "invalid_list": "请从列出的选项里选择",
}
_NUMBER = {
    "max_value": "不能大于 %(limit_value)s",
    "min_value": "不能小于 %(limit_value)s",
    "step_size": "应是 %(limit_value)s 的倍数",
    "max_digits": "数字太长，最多 %(max)s 位",
    "max_decimal_places": "小数最多 %(max)s 位",
    "max_whole_digits": "整数部分最多 %(max)s 位",
}

# By the class of a field, which hands them down to its subclasses.
MESSAGES: Mapping[type[forms.Field], Mapping[str, str]] = {
    forms.Field: {"required": "请填写"},
    forms.CharField: {
        "max_length": "太长了：最多 %(limit_value)d 个字，现在有 %(show_value)d 个",
        "min_length": "太短了：至少 %(limit_value)d 个字，现在有 %(show_value)d 个",
        "null_characters_not_allowed": "有看不见的字符，请删除后重新输入",
    },
    forms.IntegerField: {"invalid": "请填写整数", **_NUMBER},
    forms.FloatField: {"invalid": "请填写数字", **_NUMBER},
    forms.DecimalField: {"invalid": "请填写数字", **_NUMBER},
    forms.DateField: {"invalid": "日期写成 2026-11-25 这样"},
    forms.TimeField: {"invalid": "时间写成 14:05 这样"},
    forms.DateTimeField: {"invalid": "时间写成 2026-11-25 14:05 这样"},
    forms.EmailField: {"invalid": "邮箱写成 name@example.cn 这样"},
    forms.URLField: {"invalid": "网址写成 https://www.example.cn 这样"},
    forms.RegexField: {"invalid": "格式不对，请核对后重新填写"},
    forms.UUIDField: {"invalid": "没有这个选项，请重新选择"},
    forms.BooleanField: {"required": "请勾选"},
    forms.ChoiceField: _CHOICE,
    forms.TypedChoiceField: _CHOICE,
    forms.MultipleChoiceField: _CHOICES,
    forms.TypedMultipleChoiceField: _CHOICES,
    forms.FileField: {
        "required": "请选择文件",
        "invalid": "文件没有送到，请重新选择后再提交",
        "missing": "文件没有送到，请重新选择后再提交",
        "empty": "文件是空的，请重新选择",
        "max_length": "文件名太长：最多 %(max)d 个字，现在有 %(length)d 个",
        "contradiction": "请或者选择文件，或者勾选清除，不要同时",
    },
    forms.ImageField: {"invalid_image": "不是图片，或者图片已经损坏，请重新选择"},
}


def install() -> None:
    """Let every form that is defined from now on speak so; called once, before any form is loaded."""
    for field, messages in MESSAGES.items():
        own = field.__dict__.get("default_error_messages", {})
        field.default_error_messages = {**own, **messages}
