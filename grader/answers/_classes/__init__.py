"""Named classes in running text: what they are called, and what a sentence says of them."""
