"""Photographs for whoever looks after the pages, and those of the guides: `make pictures`.

Runs the journeys, which photograph every page they look at into `pictures/<width>/<language>/<name>.png`, a folder that
git ignores; then cuts those of `CHOSEN` and puts them into `docs/pictures/`. Exits with the code of the journeys, or 1
when a chosen picture was not taken or is too heavy.
"""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import browser

ROOT = Path(__file__).resolve().parents[1]
TAKEN = ROOT / "pictures"
GUIDES = ROOT / "docs" / "pictures"
HEAVIEST = 150_000


@dataclass(frozen=True)
class Choice:
    """A picture of the guides: which one of those taken, and how many pixels of its height are kept."""

    width: int
    language: str
    name: str
    height: int = 900

    @property
    def path(self) -> Path:
        """Where the journeys put it."""
        return TAKEN / str(self.width) / self.language / f"{self.name}.png"


CHOSEN = {
    "home.png": Choice(1280, "it", "home", 1000),
    "home.en.png": Choice(1280, "en", "home", 1000),
    "desk.png": Choice(1280, "it", "scrivania-coordinatrice", 950),
    "request.png": Choice(1280, "it", "agenzia-adesione"),
    "growth.png": Choice(1280, "it", "crescita", 1000),
    "wizard.png": Choice(360, "it", "adesione-territorio", 1000),
    "record.png": Choice(1280, "it", "organizzazione"),
    "ask.png": Choice(360, "it", "desk-ask", 1000),
    "follow.png": Choice(1280, "it", "desk-follow"),
    "questions.png": Choice(1280, "it", "desk-list"),
    "answer.png": Choice(1280, "it", "desk-answer", 1000),
    "entry.png": Choice(1280, "it", "desk-entry"),
    "desk-figures.png": Choice(1280, "it", "desk-figures", 1000),
    "calendar.png": Choice(1280, "it", "plan-calendar", 1500),
    "plan-findings.png": Choice(1280, "it", "plan-findings", 1350),
    "board.png": Choice(1280, "it", "board", 1300),
    "budget.png": Choice(1280, "it", "budget", 1150),
    "claim.png": Choice(1280, "it", "claim-paid", 1250),
    "agile-my-month.png": Choice(360, "it", "agile-month", 1100),
    "import.png": Choice(1280, "it", "agile-import-preview", 1150),
    "agile-month.png": Choice(1280, "it", "agile-month-keeper", 1100),
    "agile-result.png": Choice(1280, "it", "agile-result", 1150),
    "survey-board.png": Choice(1280, "it", "survey-board", 1300),
    "mail.png": Choice(1280, "it", "posta-demo"),
}


def main() -> int:
    """Take all pictures and choose; the exit code."""
    browser.get()
    shutil.rmtree(TAKEN, ignore_errors=True)
    # Without JavaScript the same pages are reached, and none is photographed.
    journeys = [sys.executable, "-m", "pytest", "tests/journeys", "-v", "-k", "not without"]
    code = subprocess.run(
        journeys, cwd=ROOT, env={**os.environ, "CONTEMPO_PICTURES": str(TAKEN)}, check=False
    ).returncode
    print("==> Choosing the pictures of the guides …", flush=True)
    wrong = list(_choose())
    for line in wrong:
        print(f"pictures: {line}", file=sys.stderr)
    print(f"{sum(1 for _ in TAKEN.rglob('*.png'))} pictures are in {TAKEN.name}/, the chosen ones in docs/pictures/.")
    return code or bool(wrong)


def _choose() -> Iterator[str]:
    """Cut the chosen pictures and put them into the guides; tells what could not be done."""
    GUIDES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.launch_options())
        for name, choice in CHOSEN.items():
            if not choice.path.is_file():
                yield f"{name}: no page was photographed as {choice.path.relative_to(ROOT)}"
                continue
            _cut(chromium, choice, GUIDES / name)
            if (size := (GUIDES / name).stat().st_size) > HEAVIEST:
                yield f"{name} has {size} bytes, more than {HEAVIEST}: keep less of its height"
        chromium.close()


def _cut(chromium: Browser, choice: Choice, target: Path) -> None:
    """The upper part of a picture, drawn by Chromium itself."""
    data = base64.b64encode(choice.path.read_bytes()).decode("ascii")
    page = chromium.new_page(viewport={"width": choice.width, "height": choice.height})
    page.set_content(f'<style>*{{margin:0}}img{{display:block}}</style><img src="data:image/png;base64,{data}">')
    tall = page.locator("img").evaluate("async image => { await image.decode(); return image.naturalHeight }")
    page.screenshot(path=target, clip={"x": 0, "y": 0, "width": choice.width, "height": min(choice.height, tall)})
    page.close()


if __name__ == "__main__":
    sys.exit(main())
