"""Decision tables: dated rows with their basis; read, checked, decided by, replayed."""
