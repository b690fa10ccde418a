"""The Chromium that journeys and pictures use; `python -m tests.browser` gets one when there is none.

Looked for in this order: the program named in CONTEMPO_CHROMIUM, one on the machine, Playwright's own. When there is
none Playwright's is downloaded; where that cannot be, root installs the distribution's package.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import TypedDict

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# In a process of its own: the journeys that ask are inside Playwright already.
_PLAYWRIGHTS_OWN = """\
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class LaunchOptions(TypedDict):
    executable_path: str
    args: list[str]


def launch_options() -> LaunchOptions:
    """What `playwright.chromium.launch` is given. Raises LookupError when no Chromium is found."""
    found = find()
    if found is None:
        raise LookupError("No Chromium on this machine: `python -m tests.browser` gets one.")
    # Chromium refuses to run its sandbox as root.
    return {"executable_path": found, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


def find() -> str | None:
    """The path of a Chromium that runs, or None."""
    return next((path for path in _candidates() if _runs([path, "--version"])), None)


def get() -> None:
    """Have a Chromium on the machine. Exits with one line when that cannot be."""
    if find():
        return
    print("==> Getting a browser for the tests …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if find():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "--yes", "--no-install-recommends"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*apt, "update"], env=environment, check=False)
        subprocess.run([*apt, "install", "chromium"], env=environment, check=False)
    if not find():
        sys.exit("contempo: the tests need Chromium: install it, or name its program in CONTEMPO_CHROMIUM.")


def _candidates() -> Iterator[str]:
    if named := os.environ.get("CONTEMPO_CHROMIUM"):
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    own = subprocess.run([sys.executable, "-c", _PLAYWRIGHTS_OWN], capture_output=True, text=True, check=False)
    yield own.stdout.strip()


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    get()
