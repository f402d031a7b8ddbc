from django.db import migrations

# The tokens are told apart by blanks alone: everything in them but blanks belongs to a word. No positions are kept,
# since each word stands for itself and questions have no phrases.
ON_SQLITE = [
    """
    CREATE VIRTUAL TABLE search_tokens
    USING fts5(tokens, tokenize = "ascii tokenchars '_'", detail = none, columnsize = 0)
    """,
    """
    CREATE TRIGGER search_tokens_go_too AFTER DELETE ON search_searchdoc
    BEGIN DELETE FROM search_tokens WHERE rowid = OLD.id; END
    """,
]
# A short list of pending words: each of them is read by every question, and the document that fills it waits for all.
ON_POSTGRESQL = [
    "ALTER TABLE search_searchdoc ADD COLUMN tokens tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_doc_tokens ON search_searchdoc USING gin (tokens) WITH (gin_pending_list_limit = 512)",
    "CREATE INDEX search_doc_newest ON search_searchdoc (mall_id, id)",
]


def add_tokens(apps, schema_editor):
    for statement in ON_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else ON_SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Where the words stand. On SQLite a later migration that alters SearchDoc rebuilds its table and so loses the
    trigger: it must make it again. There is no way back: the words go when the table goes."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(add_tokens)]
