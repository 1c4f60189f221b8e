"""How right the readers are, measured on labelled documents: printed by `make accuracy`, and no figure may fall."""
