"""The pages about the evidence of a case."""
