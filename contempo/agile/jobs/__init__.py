"""What agile work does by itself. Safe to run twice, and after any stop."""

from contempo.agile.jobs import agreements, months, staff

__all__ = ["agreements", "months", "staff"]
