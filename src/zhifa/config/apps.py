from django.apps import AppConfig

from zhifa.config import field_messages


class SiteConfig(AppConfig):
    name = "zhifa.config"
    label = "site"
    verbose_name = "平台"

    def ready(self) -> None:
        """Give the fields of forms our words; forms are loaded with the addresses, later."""
        field_messages.install()
