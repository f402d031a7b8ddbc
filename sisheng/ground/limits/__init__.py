"""How often something may be asked for: buckets in the database, and a small piece of work for the asker's machine."""
