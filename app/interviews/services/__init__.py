"""What people can do with interviews: the queue, the ring, the call and its result."""
