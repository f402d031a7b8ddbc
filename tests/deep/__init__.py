"""Checks that take minutes to hours. A module here has a `main(options: list[str]) -> int`, 0 when all is well. It
tells its seed, what it counted and what it found; the first line of its docstring says what it checks."""
