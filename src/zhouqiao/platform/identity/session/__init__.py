"""Accounts, sessions and handsets: how a person becomes the subject of a desk."""
