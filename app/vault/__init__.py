"""The key file: who can open the data, and with what."""
