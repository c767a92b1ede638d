"""Lists, indexed statements and tables of numbers in prose."""
