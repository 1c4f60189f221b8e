"""What a caller can do wrong, each as a sentence with its cure.

Odd input is not here: a page that cannot be read is a `Problem` (see `model`), collected and reported, never raised.
"""


class ArchiveError(Exception):
    """The root of everything the tool says no with; its text is shown to the user as it is."""


class ExportError(ArchiveError):
    """A path that is not an export: it is missing, empty, or of no kind we know."""


class IndexFolderError(ArchiveError):
    """An archive folder that cannot be used: not ours, written by another version, or damaged."""


class Busy(ArchiveError):
    """Another process is writing to the archive."""


class NotFound(ArchiveError):
    """Nothing in the archive answers to the name that was given."""


class QueryError(ArchiveError):
    """A question that cannot be asked: a value its field can never have."""


class LexiconError(ArchiveError):
    """A word list, the user's or ours, that cannot be read."""
