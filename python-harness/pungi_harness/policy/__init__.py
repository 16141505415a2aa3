"""The language policy: clear, early, helpful refusals. It is never counted as isolation."""
