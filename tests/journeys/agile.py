"""What people do on the pages of agile work of the demo employer, in the words they read there."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.journeys.people import Visitor

AGILE = "/milano/lavoro-agile/"
EMPLOYER = f"{AGILE}comune-di-milano/"


def boxes(page: Page, *, ticked: bool) -> list[str]:
    """The dates of a calendar that may be changed, `2026-12-09`: those one has, or those one has not."""
    return [
        box.get_attribute("value")
        for box in page.locator('main .month-table [name="days"]').all()
        if box.is_checked() == ticked
    ]


def box(page: Page, day: str) -> Locator:
    """The box of a date in the calendar."""
    return page.locator(f'main .month-table [name="days"][value="{day}"]')


def days_left(visitor: Visitor) -> int:
    """How many days the calendar says are left."""
    return int(visitor.page.locator("main .month-left strong").inner_text())


def opens_a_month(visitor: Visitor, dates: int) -> str:
    """The calendar of the first month in which so many dates can be chosen, whatever the day; its key, `2026-12`.

    A month that begins soon has been open to planning for weeks, so there always is one.
    """
    visitor.goes_to(f"{EMPLOYER}mese/")
    page = visitor.page
    while len(boxes(page, ticked=True)) + min(days_left(visitor), len(boxes(page, ticked=False))) < dates:
        visitor.follows("Mese dopo")
    return re.search(r"/mese/(\d{4}-\d{2})/", page.url)[1]


def has_days_left(visitor: Visitor, days: int) -> None:
    """Give planned dates back until so many days can be planned anew."""
    lacking = days - days_left(visitor)
    if lacking > 0:
        for day in boxes(visitor.page, ticked=True)[:lacking]:
            box(visitor.page, day).uncheck()
        visitor.presses("Salva le mie giornate")
        visitor.sees("restituit")


def downloads(visitor: Visitor, name: str | re.Pattern[str]) -> bytes:
    """The file behind the first link with this name."""
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("main").get_by_role("link", name=name).first.click()
    return Path(coming.value.path()).read_bytes()
