"""What each page may ask of the database: the number of SQL statements, as data."""
