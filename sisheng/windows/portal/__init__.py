"""What customers see on their phones: the house at a glance, and how their matter stands (ux S12)."""
