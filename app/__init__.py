"""Shuangxuan 双选: campus job fairs, online and on site. The composition root is app.factory."""

from app.core.wire import speak_chinese

# A schema takes marshmallow's words when it is written, so they are Chinese before any is.
speak_chinese()
