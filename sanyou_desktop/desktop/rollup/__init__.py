"""Rolling up: units' report workbooks chosen, looked at before anything is written, and taken."""
