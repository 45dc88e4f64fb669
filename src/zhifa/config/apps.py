from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "zhifa.config"
    label = "site"
    verbose_name = "平台"
