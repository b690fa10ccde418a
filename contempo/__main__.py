"""`python -m contempo …`: every command of the platform."""

from contempo.config.cli import main

main()
