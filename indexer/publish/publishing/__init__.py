"""The site as a folder for the world: what lies in it, and how it takes the place of an earlier one."""
