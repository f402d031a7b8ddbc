"""泊云汇, the demo mall (invented from the first floor to the last)."""
