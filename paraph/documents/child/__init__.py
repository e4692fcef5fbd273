"""The program that opens foreign files, in a process of its own. It does not know Django."""
