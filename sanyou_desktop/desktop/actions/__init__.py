"""What the user can do, as data: menus, shortcuts, palette and help read the same register."""
