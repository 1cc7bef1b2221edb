"""Templates that affect each other: nested stacks and exports."""
