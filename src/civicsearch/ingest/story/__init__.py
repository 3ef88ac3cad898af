"""The story cleaned: its blocks, what each is, and what stands round it."""
