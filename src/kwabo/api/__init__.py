"""HTTP and WebSocket: parse, call one service, shape the answer."""
