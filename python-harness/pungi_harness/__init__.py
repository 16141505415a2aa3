"""The Python side of pungi: supervisor, zygote, worker, and the layers of the jail."""
