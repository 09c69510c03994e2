#!/usr/bin/env python3
"""What hostile files cost: opens each by `gtm-advisor extract`, as the server does, and prints the
CPU time and the most memory of that process. Ends with 1 where one passes the bounds of
docs/adr/0011-hostile-files.md.

    python3 benches/hostile.py target/release/gtm-advisor
"""

import io
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib

MIB = 1024 * 1024
MEMORY_MIB = 1024
CPU_S = 8
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts:
            archive.writestr(name, words)
    return held.getvalue()


def word(body, *more):
    whole = f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"
    return zipped([("[Content_Types].xml", "<Types/>"), ("word/document.xml", whole), *more])


def text(words):
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def pdf(objects):
    """A PDF of these objects, the first of which is its catalog."""
    held, places = io.BytesIO(b"%PDF-1.5\n"), []
    held.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(held.tell())
        held.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = held.tell()
    held.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        held.write(b"%010d 00000 n \n" % place)
    held.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return held.getvalue()


def stream(content):
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)


def pages(count, content):
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, stream(content), *[page] * count])


def files():
    """The hostile files, each made when it is its turn."""
    deep = 200_000
    nested = "<w:p>" * deep + text("x") + "</w:p>" * deep
    yield "a note (to compare with)", "note.txt", lambda: b"Discounts above 20 % are approved by Mara."
    yield "zip bomb, 256 MiB of one letter", "bomb.docx", lambda: word(text("a" * 256 * MIB))
    yield "zip of 50,000 parts", "many.docx", lambda: zipped([(f"p{n}", "") for n in range(50_000)])
    yield "Word, 200,000 elements deep", "deep.docx", lambda: word(nested)
    yield "Word, 5 million elements", "wide.docx", lambda: word("<w:p/>" * 5_000_000)
    yield "Word with macros", "plan.docm", lambda: word(text("x"), ("word/vbaProject.bin", "Sub AutoOpen()"))
    yield "PDF, a stream of 256 MiB", "bomb.pdf", lambda: pages(1, b" " * 256 * MIB)
    yield "PDF, 20,000 pages", "pages.pdf", lambda: pages(20_000, b"BT (x) Tj ET")
    yield "PDF, 1 million operations on each of 400 pages", "busy.pdf", lambda: pages(400, b"BT (x) Tj ET\n" * 1_000_000)
    yield "PDF, arrays 500,000 deep", "nested.pdf", lambda: pdf([b"[" * 500_000 + b"]" * 500_000])
    yield "PDF whose pages name themselves", "circle.pdf", lambda: pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]
    )


def opened(program, name, path):
    """The answer, the CPU time in seconds and the most memory in MiB."""
    with open(path, "rb") as given:
        child = subprocess.Popen(
            [program, "extract", f"--name={name}"],
            stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={},
        )
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if not said:
        answer = "ended by a limit"
    elif said.startswith(b'{"Unreadable"'):
        answer = said.decode()[len('{"Unreadable":"') : -2]
    else:
        answer = "read"
    return answer, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def made(folder, name, make):
    """Makes a file in a process of its own, so that this one stays small."""
    path = os.path.join(folder, name)
    child = os.fork()
    if child == 0:
        with open(path, "wb") as held:
            held.write(make())
        os._exit(0)
    os.waitpid(child, 0)
    return path


def main(program):
    beyond = False
    print("| file | size | answer | CPU | most memory |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for label, name, make in files():
            path = made(folder, name, make)
            answer, cpu, memory = opened(program, name, path)
            size = os.path.getsize(path)
            told = f"{size / 1024:,.0f} KiB" if size >= 1024 else f"{size} B"
            print(f"| {label} | {told} | {answer} | {cpu:.2f} s | {memory:.0f} MiB |")
            beyond |= cpu > CPU_S + 1 or memory > MEMORY_MIB
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
