"""Who takes part in the steps of agreements, months and appeals."""

from enum import StrEnum


class Who(StrEnum):
    """Parts in the steps of agreements, months and appeals."""

    WORKER = "worker"
    MANAGER = "manager"
    HR = "hr"
    CLOCK = "clock"
