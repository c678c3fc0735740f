"""What a person does with a box: terminal, page and watch share it."""
