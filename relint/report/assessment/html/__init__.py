"""An assessment as one HTML page: a picture with a tab for each failure, and tables that say what it shows."""
