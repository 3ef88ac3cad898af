"""The HTTP endpoint and the search page, over `Archive`."""
