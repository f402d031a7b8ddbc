"""What happens by itself, and when."""

TIMETABLE: dict[str, str] = {}
