"""Real constants: normal forms, radicals, ball arithmetic."""
