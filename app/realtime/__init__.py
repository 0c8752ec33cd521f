"""The WebSocket gateway: presence leases and events from Redis, one light socket per open page."""
