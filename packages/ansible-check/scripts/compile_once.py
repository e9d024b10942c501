"""Loaded by every Python of an invented server: keeps what it compiles from archives.

Ansible sends each module with its libraries as source in an archive, and zipimport compiles all of it in every task,
twice. Kept by the digest of the text, it is compiled once for all tasks and servers.
"""

import marshal
import os
import zipimport

FOLDER = "/var/cache/compiled-modules"
compile_source = zipimport._compile_source


def compile_once(pathname, source):
    import hashlib

    file = os.path.join(FOLDER, hashlib.sha256(source).hexdigest())
    try:
        with open(file, "rb") as kept:
            return marshal.loads(kept.read())
    except FileNotFoundError:
        code = compile_source(pathname, source)
    with open(f"{file}.{os.getpid()}", "wb") as new:
        new.write(marshal.dumps(code))
    os.replace(new.name, file)
    return code


zipimport._compile_source = compile_once
