"""Renderers: plain data in, text out, one file a format. They know nothing of the engine."""
