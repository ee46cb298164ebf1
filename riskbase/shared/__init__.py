"""Mechanisms without a domain noun: ids, audit, jobs, events, API conventions."""
