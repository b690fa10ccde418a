"""Pages of the monitoring: figures, their records, the agile work plan."""
