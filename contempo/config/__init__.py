"""Wiring: settings, root addresses, processes. The only place that knows every context."""
