"""How fast the archive is, measured beside what a user would pick instead. `make bench`; see docs/performance.md."""
