"""The checks of registers: they are neither loaded nor run for other documents."""
