"""From application or invitation through the queue and the ring to the result. 面试、排队"""
