"""What units are told, and whether they said they got it."""
