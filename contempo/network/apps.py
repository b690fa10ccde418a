from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "contempo.network"
    label = "network"
