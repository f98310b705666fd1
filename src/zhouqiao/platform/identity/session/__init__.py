"""Accounts and sessions: how a person becomes the subject of a desk."""
