"""The comment book and the complaint box: what was written on paper is taken over, many lines at a time (CMP-28)."""
