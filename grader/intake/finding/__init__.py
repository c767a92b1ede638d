"""The answer to one part in its stretch of text: candidates, how plainly each is marked, whose each is."""
