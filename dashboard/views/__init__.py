"""What the pages show, as plain values: tables, sentences, choices. No module here knows the screen."""
