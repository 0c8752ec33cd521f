"""People: WeChat login, login by QR code on the desktop, tokens, staff. 账号"""
