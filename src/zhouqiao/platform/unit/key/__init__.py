"""The key a unit's device proves itself with."""
