"""Pages of HTML: taken apart within limits, and written as Markdown with TeX."""
