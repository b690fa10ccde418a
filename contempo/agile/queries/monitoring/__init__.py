"""Figures of agile work, the records behind them, the agile work plan."""
