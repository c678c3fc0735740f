"""What dosebell costs, beside what a person would pick instead: `make bench` measures it all."""
