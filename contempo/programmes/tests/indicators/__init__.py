"""Indicators: values, periods, seals, pages."""
