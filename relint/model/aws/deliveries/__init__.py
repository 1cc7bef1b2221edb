"""Deliveries: which resource sends to which other one, through which property, and on whose permission."""
