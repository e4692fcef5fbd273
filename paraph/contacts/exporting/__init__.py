"""Contacts as files for others: which columns, which rows, and how CSV, XLSX and vCard are
written. What is written here reads back unchanged through ``importing``."""
