"""Addresses of the sign-in library that we use (登录). All others it has stay closed: nobody registers,
asks for a password by mail, or changes one unseen by the journal.

The second factor's are written out, so that none that changes it is reached without its entry.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from zhifa.accounts.second_factor import journalled

_CODES = "2fa/recovery-codes/"

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", journalled(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", journalled(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(_CODES, recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{_CODES}generate/", journalled(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{_CODES}download/", recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]  # fmt: skip
