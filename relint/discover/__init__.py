"""From the names a user gives to candidate templates."""
