"""The wiring as a Django app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "contempo.config"
    label = "config"
