"""IAM and resource policies: whether a template permits a request, as far as it can tell."""
