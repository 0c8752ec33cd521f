"""Page-shaped reads: one module a client page, one endpoint a page."""
