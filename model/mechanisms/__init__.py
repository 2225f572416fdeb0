"""What happens: one claim a file, one pure function a claim."""
