"""`python -m dosebell_host` is the same as `dosebell`."""

from dosebell_host.cli import main

if __name__ == "__main__":
    main()
