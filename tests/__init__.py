"""The product's tests: real databases, a real Valkey, WeChat over HTTP, real browsers."""
