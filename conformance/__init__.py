"""Has the validators of others judge every kind of file that Paraph makes."""
