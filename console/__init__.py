"""The command line: words, options, commands, tables and progress. It computes nothing itself."""
