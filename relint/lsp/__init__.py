"""relint in editors: a server that speaks the Language Server Protocol over standard input and output."""
