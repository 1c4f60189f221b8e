"""Answers as JSON and as text for a terminal or a pipe. How it looks is decided here; what is true was before."""
