"""Shuangxuan 双选: campus job fairs, online and on site. The composition root is app.factory."""
