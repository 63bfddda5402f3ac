"""Language models: whatever server or library speaks for one, behind one small interface."""
