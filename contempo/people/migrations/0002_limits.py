"""The table behind Django's database cache: rate limits and used one-time codes, shared by every process."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE IF NOT EXISTS people_limit (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX IF NOT EXISTS people_limit_expires ON people_limit (expires);
            """,
            "DROP TABLE IF EXISTS people_limit",
        )
    ]
