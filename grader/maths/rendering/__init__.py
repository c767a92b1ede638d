"""Trees back to Unicode, LaTeX and MathML."""
