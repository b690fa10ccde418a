"""The catalogue on the web: for the public and for the desk."""
