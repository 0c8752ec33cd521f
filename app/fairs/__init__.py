"""Fairs, booths, entry by QR code and taking part. 双选会、展位、参会"""
