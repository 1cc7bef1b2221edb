"""Files on the disk that relint keeps for itself, and digests of files."""
