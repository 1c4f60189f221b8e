"""How right the readers are, measured on labelled documents. `make accuracy` prints it; a figure that falls fails a test."""
