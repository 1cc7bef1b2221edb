"""Language server: diagnostics, hovers and code actions for editors."""
