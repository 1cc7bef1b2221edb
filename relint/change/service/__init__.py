"""Effects of an update on those who use what a template deploys."""
