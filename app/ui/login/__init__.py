"""Who may see the data: the cover over the window, passwords, the recovery sheet, locking."""
