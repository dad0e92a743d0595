"""What control's console and the screen of a seat share: the hour, followed and asked about."""
