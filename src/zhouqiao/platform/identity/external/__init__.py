"""Accounts at other issuers, and for whom of ours they stand."""
