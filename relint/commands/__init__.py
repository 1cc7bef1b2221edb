"""Commands of the command line: each takes the parsed options, prints, and returns an exit code."""
