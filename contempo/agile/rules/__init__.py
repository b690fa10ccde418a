"""Rules of agile work: pure, without a database and without a clock."""
