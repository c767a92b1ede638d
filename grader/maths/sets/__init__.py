"""Sets of real numbers, and the conditions that describe them."""
