"""What stands between the web app and whoever reaches it: accounts and sessions, limits, and headers."""
