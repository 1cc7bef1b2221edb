"""Files that relint keeps on the disk for itself, and digests and stamps of files."""
