"""Made from the server's OpenAPI document by `./dev client`."""
