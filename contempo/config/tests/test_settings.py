"""Settings are safe where the platform is public, and need nothing where it is tried out."""

import json
import os
import subprocess
import sys
from typing import Any

from contempo.config.installation import ROOT

SAY = """\
import json
from contempo.config import settings
named = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(named, default=lambda value: type(value).__name__))
"""


# Set by whoever runs the tests, or by tests in a browser that share this process.
_NOT_OURS = {"CONTEMPO_DEMO", "DJANGO_ALLOW_ASYNC_UNSAFE", "PORT", "SITE_URL"}


def _environment(**given: str) -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if name not in _NOT_OURS}, **given}


def _settings(**environment: str) -> dict[str, Any]:
    said = subprocess.check_output([sys.executable, "-c", SAY], cwd=ROOT, env=_environment(**environment))
    settings: dict[str, Any] = json.loads(said)
    return settings


def test_a_public_address_passes_the_checks_of_django_for_deployment() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contempo", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=_environment(SITE_URL="https://rete.example.org"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_public_address_has_secure_cookies_and_answers_to_its_name_only() -> None:
    settings = _settings(SITE_URL="https://rete.example.org/")
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["LANGUAGE_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["ALLOWED_HOSTS"] == ["rete.example.org"]


def test_a_trial_answers_on_the_port_it_was_given() -> None:
    settings = _settings(PORT="9123")
    assert settings["SITE_URL"] == "http://127.0.0.1:9123"
    assert not settings["HTTPS"]


def test_nothing_is_shown_that_only_developers_or_the_demo_need() -> None:
    settings = _settings()
    assert settings["DEBUG"] is False
    assert settings["DEMO"] is False


def test_pages_run_no_script_and_no_style_but_our_files() -> None:
    directives = _settings()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "font-src", "connect-src", "form-action"):
        assert directives[name] == ["'self'"]


def test_map_tiles_are_the_only_third_party_and_only_when_asked_for() -> None:
    assert _settings()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"] == ["'self'", "data:"]
    with_tiles = _settings(MAP_TILES_URL="https://tiles.example.org/{z}/{x}/{y}.png")
    assert "https://tiles.example.org" in with_tiles["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]
