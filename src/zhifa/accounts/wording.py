"""Codes of this room in Chinese (账户用语), and what to do about each."""

WORDS: dict[str, str] = {
    "login_name.format": "登录名由小写字母、数字、点、横线组成，2 至 60 个字符，以字母或数字开头",
    "login_name.taken": "这个登录名已有人使用，请换一个",
    "password.wrong": "原密码不对，请重新输入",
    "password.same": "新密码与原密码相同，请换一个",
    "password.too_short": "新密码太短，至少要10位",
    "password.too_similar": "新密码与姓名或者登录名太像，请换一个",
    "password.too_common": "新密码太常见，容易被猜到，请换一个",
    "password.entirely_numeric": "新密码不能全是数字",
    "password.reset_already": "这位用户的密码在您打开页面之后已经改过，没有再重置",
    "person.active_already": "该用户本来就可以登录",
    "person.inactive_already": "该用户已经停用",
    "second_factor.none": "该用户没有开启第二道验证",
    "reason.missing": "请写明理由",
}

# What the journal keeps about people, as what happened.
ENTRIES: dict[str, str] = {
    "person.created": "新建用户",
    "person.password_reset": "重置密码",
    "person.password_changed": "修改自己的密码",
    "person.deactivated": "停用用户",
    "person.activated": "恢复登录",
    "person.second_factor_added": "开启自己的第二道验证",
    "person.second_factor_renewed": "更换自己的第二道验证",
    "person.second_factor_removed": "关闭自己的第二道验证",
    "person.second_factor_reset": "解除用户的第二道验证",
}
FACTORS: dict[str, str] = {"totp": "手机验证器", "recovery_codes": "备用码"}
