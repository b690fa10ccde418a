"""Commands of the platform: `python -m contempo <command>`."""
