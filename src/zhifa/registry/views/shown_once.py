"""A password on its way to the page that shows it once (只显示一次的密码).

It is issued by one request and shown by the next, so that loading the page again issues none. Between
the two it stands in the administrator's session, sealed, so that no copy of the database holds it.
"""

import base64
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from zhifa import clock

_SECONDS = 300  # [policy] time enough for one redirect on a slow line
_KEY = "shown_once"


def keep(request: HttpRequest, person_id: UUID, password: str) -> None:
    """Keep a password for the next page."""
    sealed = _seal().encrypt_at_time(password.encode(), _now())
    request.session[_KEY] = [str(person_id), sealed.decode()]


def taken(request: HttpRequest, person_id: UUID) -> str:
    """Return the password kept for this person, and keep it no longer; empty if there is none."""
    person, sealed = request.session.pop(_KEY, ("", ""))
    if person != str(person_id):
        return ""
    try:
        return _seal().decrypt_at_time(sealed.encode(), _SECONDS, _now()).decode()
    except InvalidToken:  # too old, or of another secret key
        return ""


def _now() -> int:
    return int(clock.now().timestamp())


def _seal() -> Fernet:
    key = salted_hmac("zhifa.registry.shown_once", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
