"""The layers of the jail, one file each, with `apply` and a proof from inside."""
