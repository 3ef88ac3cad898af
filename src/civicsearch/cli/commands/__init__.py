"""One module a command: its options, its help, and the use case of `Archive` that it calls."""
