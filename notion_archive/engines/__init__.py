"""Engines keep documents and answer queries, each in its own way and all with the same answers."""
