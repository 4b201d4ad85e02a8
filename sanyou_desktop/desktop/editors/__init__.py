"""One editor a field type. Editors exchange raw input with a ``Draft``; they judge nothing."""
