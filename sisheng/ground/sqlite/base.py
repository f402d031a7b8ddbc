"""SQLite as a server's database."""

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper


class DatabaseWrapper(DjangoWrapper):
    pass
