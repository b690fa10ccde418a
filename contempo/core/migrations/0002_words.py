from django.db import migrations


class Migration(migrations.Migration):
    """Words as they are written, without the commonest Italian ones: for finding a word while it is being typed."""

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                "CREATE TEXT SEARCH DICTIONARY contempo_words (TEMPLATE = pg_catalog.simple, STOPWORDS = italian)",
                "CREATE TEXT SEARCH CONFIGURATION contempo_words (COPY = pg_catalog.simple)",
                "ALTER TEXT SEARCH CONFIGURATION contempo_words ALTER MAPPING REPLACE simple WITH contempo_words",
            ],
            reverse_sql=[
                "DROP TEXT SEARCH CONFIGURATION contempo_words",
                "DROP TEXT SEARCH DICTIONARY contempo_words",
            ],
        )
    ]
