"""Numbers as answers: commas, tolerances, units."""
