"""What the monitoring writes: how presence ended each day, the agile work plan."""
