"""What customers praise and what they suggest (INQ-12, INQ-13)."""
