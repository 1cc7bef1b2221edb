"""Text in, located document out."""
