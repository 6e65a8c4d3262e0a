"""共济家账。A family plans one worker's medical savings account, shared with up to ten relatives."""

__version__ = "0.1.0"
