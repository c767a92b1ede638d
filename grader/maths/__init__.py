"""Text to mathematics: tokens, trees, exact values, sets, decisions and rendering. No I/O."""
