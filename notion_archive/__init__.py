"""Turns exported weekly reports (周报) into an incident database, a project history and a search that never misses."""

__version__ = "0.1.0"
