"""Change sets: the changes that CloudFormation itself announces."""
