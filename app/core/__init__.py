"""Shared kernel: knows Flask, peewee, Redis and RQ; knows nothing about job fairs."""
