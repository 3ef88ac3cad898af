"""The command line: click commands over `Archive`, nothing that another screen would need."""
