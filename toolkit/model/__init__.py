"""The types that carry the data from stage to stage: frozen, small, free of I/O."""
