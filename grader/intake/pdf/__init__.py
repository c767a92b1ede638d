"""PDF files: what stands on their pages, put in order and written as Markdown with TeX."""
