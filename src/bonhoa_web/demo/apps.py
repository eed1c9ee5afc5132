"""The demo app: one command that tells the story."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "bonhoa_web.demo"
    label = "demo"
