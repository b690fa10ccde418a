"""The data folder, the secret, the database of another server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contempo.config import database
from contempo.config.installation import (
    ROOT,
    Unusable,
    prepare_home,
    release,
    secret_key,
    site_url,
    trusted_proxies,
)


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    prepare_home(tmp_path / "new" / "home")
    assert (tmp_path / "new" / "home").stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    prepare_home(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o750


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match=r"The data folder .*file cannot be used"):
        prepare_home(tmp_path / "file")


def test_the_secret_is_drawn_once_and_read_by_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    drawn = secret_key(tmp_path)
    assert len(drawn) > 60
    assert secret_key(tmp_path) == drawn
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_given_secret_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_the_release_is_a_semantic_version() -> None:
    assert len(release().split(".")) == 3


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(Unusable, match="cannot be reached"):
        database.check_server("postgresql://nobody@127.0.0.1:1/nothing")


def test_a_server_too_old_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST", 99)
    with pytest.raises(Unusable, match="99 or newer is needed"):
        database.check_server(os.environ["DATABASE_URL"])


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}, "The database of DATABASE_URL cannot be reached"),
        ({"DATABASE_URL": "host=127.0.0.1 dbname=contempo"}, "DATABASE_URL must be an address such as postgresql://"),
        ({"DATABASE_URL": "", "CONTEMPO_HOME": "/dev/null/home"}, "The data folder /dev/null/home cannot be used"),
    ],
)
def test_what_prevents_a_command_is_said_in_one_line(environment: dict[str, str], said: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contempo", "check"],
        cwd=ROOT,
        env={**os.environ, "CONTEMPO_HOME": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"contempo: {said}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("given", ["rete.example.org", "ftp://rete.example.org", "https://"])
def test_an_address_that_is_none_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SITE_URL", given)
    with pytest.raises(Unusable, match="SITE_URL"):
        site_url()


def test_the_address_follows_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("PORT", "8123")
    assert site_url() == "http://127.0.0.1:8123"


@pytest.mark.parametrize(("given", "count"), [("", 0), ("2", 2)])
def test_proxies_are_counted(monkeypatch: pytest.MonkeyPatch, given: str, count: int) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", given)
    assert trusted_proxies() == count


def test_a_count_of_proxies_that_is_none_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "uno")
    with pytest.raises(Unusable, match="TRUSTED_PROXIES"):
        trusted_proxies()
