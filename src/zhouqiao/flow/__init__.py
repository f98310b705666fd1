"""The way of one affair, from signal to warning."""
