"""What the answer type ``derivation`` is made of: reading the steps, the world in which they hold, judging them."""
