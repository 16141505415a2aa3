"""What a run shows beside its output: displays, charts, metadata, progress."""
