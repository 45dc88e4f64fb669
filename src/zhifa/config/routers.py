"""Which database a table lives in: the portal's tables never meet the workbench's."""

from typing import Any

from django.db.models import Model


class Pinned:
    """Pin the room `portal` to its own database and everything else to the acting login."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return "portal" if model._meta.app_label == "portal" else "default"

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return self.db_for_read(model)

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:
        return (first._meta.app_label == "portal") == (second._meta.app_label == "portal")

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Tables are made by the owner in the workbench, by the portal's own login in the portal."""
        if app_label == "portal":
            return db == "portal"
        return db in {"owner", "default"}
