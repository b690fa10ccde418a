"""What other contexts may use of programmes."""

__all__: list[str] = []
