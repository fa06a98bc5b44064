"""The register's backups: written whole, checked, and restored without losing a number given since."""
