"""What is asked of others over the network: time stamps, and the status of certificates.

Nothing here is called inside a transaction.
"""
