"""Conversations: who speaks, what is a remark, what kind of hint a turn is; written, printed and recorded."""
