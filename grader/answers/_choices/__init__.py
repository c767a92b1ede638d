"""The options of a choice, and what a sentence says of them."""
