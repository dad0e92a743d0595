"""The pieces of a screen: each draws one part of a view and repaints only when that changes."""
