"""What the console and a seat share."""
