"""Times at which a unit can be booked."""
