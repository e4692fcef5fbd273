"""The page about keys, certificates and time stamps."""
