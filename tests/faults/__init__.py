"""Disks that fail, power cuts, kills, damage and readers; see `script/soak` and `unit/engines/test_durability.py`."""
