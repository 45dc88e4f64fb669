from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "zhifa.journal"
    label = "journal"
    verbose_name = "记录"
