"""The verbs of sales: deals and their products, the stages they go through, and pipelines."""
