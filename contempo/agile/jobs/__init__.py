"""What agile work does by itself. Safe to run twice, and after any stop."""

from contempo.agile.jobs import agreements, monitoring, months, planning, staff

__all__ = ["agreements", "monitoring", "months", "planning", "staff"]
