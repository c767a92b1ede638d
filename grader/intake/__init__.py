"""From files to claims: documents, headings, sections, submissions, transcripts.

Everything here reads hostile input: work is bounded and grows linearly with the size of the text.
"""
