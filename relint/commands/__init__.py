"""What each command does: options in, text out, an exit code back."""
