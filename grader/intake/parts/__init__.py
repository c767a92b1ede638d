"""Which part of which problem a stretch of text is about: headings, lists, tables, and what a person names."""
