"""Campaigns, their segments, and who agreed to be written to."""
