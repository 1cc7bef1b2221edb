"""An assessment as a SARIF log."""
