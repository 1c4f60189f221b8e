"""Answers as JSON and as text for a terminal or a pipe. What is shown is decided here, what is true was decided before."""
