"""What `dosebell flash` has a board do through its REPL. Its source is sent there, and runs there.

So this is Python as MicroPython knows it, short, and without hints. On the laptop it is only read.
Results are printed, one line each, because a board has little memory to hold them in.
"""
# mypy: ignore-errors

import binascii
import hashlib
import os

CHUNK = 512
FOLDER = 0x4000
ENOENT = 2
EEXIST = 17
NEW = ".new"


def chunks(path):
    buffer = bytearray(CHUNK)
    with open(path, "rb") as file:
        count = file.readinto(buffer)
        while count:
            yield memoryview(buffer)[:count]
            count = file.readinto(buffer)


def digest(path):
    found = hashlib.sha256()
    for chunk in chunks(path):
        found.update(chunk)
    return binascii.hexlify(found.digest()).decode()


def entries(folder):
    try:
        return [(entry[0], entry[1] == FOLDER) for entry in os.ilistdir(folder)]
    except OSError as error:
        if error.errno == ENOENT:
            return []
        raise


def tell(path):
    """Print path, size and digest of a file that is there; no digest where it can't be read."""
    try:
        size = os.stat(path)[6]
    except OSError:
        return
    try:
        found = digest(path)
    except OSError:
        found = ""
    print(repr((path, size, found)))


def tree(folder):
    """Tell of every file below a folder, and name the folders, with a slash behind."""
    for name, is_folder in entries(folder):
        path = folder + "/" + name
        if is_folder:
            print(repr((path + "/", 0, "")))
            tree(path)
        else:
            tell(path)


def whole():
    """Tell of every file of the board's own flash; what is mounted there besides is left out."""
    own = os.statvfs("/")[:3]
    for name, is_folder in entries("/"):
        path = "/" + name
        if not is_folder:
            tell(path)
        elif os.statvfs(path)[:3] == own:
            tree(path)


def show(path):
    for chunk in chunks(path):
        print(binascii.b2a_base64(chunk).decode().strip())


def make(folder):
    try:
        os.mkdir(folder)
    except OSError as error:
        if error.errno != EEXIST:
            raise


def drop(path):
    """Remove a file, or a folder with all that is in it; it may be gone already."""
    try:
        is_folder = os.stat(path)[0] & FOLDER
    except OSError:
        return
    if not is_folder:
        os.remove(path)
        return
    for name, _ in entries(path):
        drop(path + "/" + name)
    os.rmdir(path)


def add(path, mode, text):
    """A piece of a file that is being written beside the old one."""
    with open(path + NEW, mode) as file:
        file.write(binascii.a2b_base64(text))


def copy(source, path):
    with open(path + NEW, "wb") as file:
        for chunk in chunks(source):
            file.write(chunk)


def finish(path, wanted):
    """Read back what was written, and only then put it in the place of the old."""
    if digest(path + NEW) != wanted:
        raise ValueError("read back otherwise")
    os.rename(path + NEW, path)
