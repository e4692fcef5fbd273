"""What can be done with documents, templates and series: one module for each kind of verb."""
