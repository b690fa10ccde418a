"""What the kernel promises, one file per behaviour."""
