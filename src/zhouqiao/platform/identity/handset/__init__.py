"""Phones and tablets people use, known by the key each of them made: set up, seen, revoked."""
