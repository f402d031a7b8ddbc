"""May this be done? Somebody asks, somebody with the authority says yes or no (CTR-08)."""
