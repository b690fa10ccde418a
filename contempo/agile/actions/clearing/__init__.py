"""The clearing of the bank of a month: read, clear, write, publish, make again."""
