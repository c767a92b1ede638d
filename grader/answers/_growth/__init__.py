"""Growth classes as answers: reading, words, verdicts."""
