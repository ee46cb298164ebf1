"""Post-mortems as rows of a file: the columns, the ready mappings, the rules of a row."""
