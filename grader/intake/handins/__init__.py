"""What was handed in: whose files are whose, when they came, and who handed in nothing."""
