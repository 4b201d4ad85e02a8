"""导入: a table that somebody keeps, looked at in the window before it is taken."""
