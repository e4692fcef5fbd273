"""The engines behind ``paraph.kit.jobs``: one to a module, each with the same three functions."""
