"""What the pages show, as files for other programs."""
