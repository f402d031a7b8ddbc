"""The command `sisheng`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sisheng.config.settings")
    from django.core.management import execute_from_command_line

    # rotate-keys is typed with a hyphen, but lives in rotate_keys.py
    words = [word if word.startswith("-") else word.replace("-", "_") for word in sys.argv[1:2]]
    execute_from_command_line(["sisheng", *words, *sys.argv[2:]])


if __name__ == "__main__":
    main()
