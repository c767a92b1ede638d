"""Deciding by hand: the open items of a run, and a server for this machine only on which a person settles them."""
