"""Questionnaires as files: our own format, a spreadsheet, a form on paper."""
