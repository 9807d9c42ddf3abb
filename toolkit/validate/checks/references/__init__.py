"""The checks that follow pointers: they are neither loaded nor run where nobody asks for that."""
