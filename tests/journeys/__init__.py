"""People at work in a real browser, against the real web server, job worker and database of a demo installation."""
