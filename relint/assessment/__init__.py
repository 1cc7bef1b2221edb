"""The effect of failures on the system that templates describe: `relint assess`."""
