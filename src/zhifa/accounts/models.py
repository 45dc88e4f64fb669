"""People who sign in (用户). What they may do stands in `registry`, as dated appointments."""

import uuid
from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    """Finds people by login name; people are made by `services.create_person`."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login_name=username)


class Person(AbstractBaseUser):
    """One natural person with a sign-in; its id is the `ActorId` of the journal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login_name = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("可登录", default=True)
    is_demo = models.BooleanField("演示", default=False)
    must_change_password = models.BooleanField("须改密码", default=True)
    # Counts the times every session of the person was ended without a new password.
    sessions_ended = models.PositiveIntegerField("登录退出次数", default=0, db_default=0)

    objects = PersonManager()

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "用户"

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to count: another after a new password, or an end of all."""
        return self._of_now(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield what a session may hold that was begun under an earlier secret key."""
        yield from map(self._of_now, super().get_session_auth_fallback_hash())

    def _of_now(self, text: str) -> str:
        return f"{text}:{self.sessions_ended}" if self.sessions_ended else text
