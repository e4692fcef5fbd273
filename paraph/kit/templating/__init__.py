"""How templates are read and written: what never differs is settled before anybody asks."""
