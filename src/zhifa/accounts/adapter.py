"""How the sign-in library is bound to us: nobody registers himself (账户由管理员建立), and its words."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class ClosedRegistration(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by a visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "该用户已停用，请联系本机关的系统管理员。",
        "enter_current_password": "请输入现在的密码。",
        "incorrect_code": "验证码不对或者已经过期，请看验证器上现在的六位数字。",
        "incorrect_password": "密码不对，请重新输入。",
        "invalid_login": "登录名或者密码不对，请重新输入。",
        "too_many_login_attempts": "输错的次数过多，请过一会儿再试。",
        "username_password_mismatch": "登录名或者密码不对，请重新输入。",
        "rate_limited": "操作过于频繁，请过一会儿再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that it is not."""
        return False


class SecondFactor(DefaultMFAAdapter):
    """The second factor of the sign-in: an authenticator app, and codes for when it is lost."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": "先开启第二道验证，才能生成备用码。",
        "incorrect_code": "验证码不对或者已经过期，请看验证器上现在的六位数字。",
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return how the app names the account."""
        return user.get_username()

    def get_totp_issuer(self) -> str:
        """Return how the app names us."""
        return "行政执法工作台"
