"""What the declarations hold, as Markdown for documents and as rows for lists. Nothing is simulated here."""
