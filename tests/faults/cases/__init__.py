"""Each file adds its faults to the list."""
