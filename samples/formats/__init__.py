"""The pages of `samples/folder/` in the formats people have them in, one file a format. Standard library only."""
