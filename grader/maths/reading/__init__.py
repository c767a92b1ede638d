"""Text to tokens, and tokens to expression trees: ASCII, Unicode and LaTeX as people mix them."""
