"""Notifications: the outbox, its channels and the ledger of subscription credits. 通知"""
