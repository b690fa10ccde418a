"""Rules of questionnaires: no database, no framework, no clock."""
