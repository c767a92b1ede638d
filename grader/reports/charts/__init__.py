"""Charts: each module turns analysis values into the geometry of one chart, as plain frozen values.

A chart has a title that says the finding and a table of its numbers. ``templates/charts`` has a macro for each.
"""
