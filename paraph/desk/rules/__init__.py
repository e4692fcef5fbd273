"""The rules of stages: what is done by itself when a document comes there or stays."""
