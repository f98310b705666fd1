"""Where units are: positions kept, the latest first, silence noticed."""
