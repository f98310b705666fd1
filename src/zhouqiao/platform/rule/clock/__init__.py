"""The legal clock: pure arithmetic of legal time over a dated working calendar."""
