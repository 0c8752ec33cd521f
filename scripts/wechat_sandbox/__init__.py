"""A WeChat of our own: speaks WeChat's HTTP and plays the phones of its users.

For development and tests only. It listens on the loopback interface and never
anywhere else; a production configuration of the application refuses its address.
"""
