"""What a person types and sees: click commands, options, questions and the progress bar."""
