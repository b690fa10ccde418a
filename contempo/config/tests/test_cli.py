"""What happens before Django is asked."""

import sys

import django.core.management
import pytest

from contempo.config import cli


def test_catalogues_are_compiled_before_django_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(sys, "argv", ["contempo", "run"])
    monkeypatch.setattr(cli.ending, "by_exception", lambda: None)
    monkeypatch.setattr(cli, "ensure_url", lambda home: done.append("database"))
    monkeypatch.setattr(cli, "compile_all", lambda: done.append("catalogues"))
    monkeypatch.setattr(django.core.management, "execute_from_command_line", lambda argv: done.append("Django"))
    cli.main()
    assert done == ["database", "catalogues", "Django"]
