"""What is made from the server's routes: `./dev client` (see clients/README.md)."""
