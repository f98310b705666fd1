"""From what the kernel knows to what a page shows: queries in, view models out."""
