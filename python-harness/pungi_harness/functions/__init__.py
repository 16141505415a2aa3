"""Functions of the host, as user code sees them: loaded only by runs that have some."""
