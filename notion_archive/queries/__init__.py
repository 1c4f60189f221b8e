"""One file a question: what users ask of an archive, and the answer as a value. Nothing is printed here."""
