"""Converts a book to AZW3, as it goes to a Kindle, and back with calibre, and tells what got lost on the way: words of a chapter,
pictures, lines of the contents, metadata. calibre.py BOOK.epub FOLDER"""

import pathlib
import posixpath
import subprocess
import sys
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Book:
    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)
        container = ElementTree.fromstring(self.archive.read("META-INF/container.xml"))
        self.opf = next(e.get("full-path") for e in container.iter() if e.get("full-path"))
        self.package = ElementTree.fromstring(self.archive.read(self.opf))
        self.files = {i.get("id"): self.path(i.get("href")) for i in self.package.iter(OPF + "item")}
        self.spine = [self.files[i.get("idref")] for i in self.package.iter(OPF + "itemref")]

    def path(self, href):
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.opf), unquote(href)))

    def chapters(self):
        """Name and words of every page in reading order; what is hidden is no part of it."""
        for name in self.spine:
            yield name, words(ElementTree.fromstring(self.archive.read(name)).find(XHTML + "body"))

    def pictures(self):
        return sum(n.endswith((".jpg", ".jpeg", ".png")) for n in self.archive.namelist())

    def contents(self):
        ncx = next(n for n in self.archive.namelist() if n.endswith(".ncx"))
        points = ElementTree.fromstring(self.archive.read(ncx)).iter(NCX + "navPoint")
        return [" ".join(p.find(f"{NCX}navLabel/{NCX}text").text.split()) for p in points]

    def metadata(self):
        names = ("title", "creator", "language", "publisher")
        return {n: sorted({e.text for e in self.package.iter(DC + n) if e.text}) for n in names}


def words(element):
    """Words of an element, without spaces: every program has its own."""
    out = []

    def walk(e):
        if e.get("hidden") is None and e.get("aria-hidden") != "true" and e.tag != XHTML + "script":
            out.append(e.text or "")
            for child in e:
                out.append(" ")
                walk(child)
                out.append(" ")
                out.append(child.tail or "")

    walk(element)
    return "".join("".join(out).split())


def convert(source, target):
    done = subprocess.run(["ebook-convert", source, target], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{target}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def main(book, folder):
    azw3, back = pathlib.Path(folder, "book.azw3"), pathlib.Path(folder, "back.epub")
    convert(book, azw3)
    convert(azw3, back)
    before, after = Book(book), Book(back)
    lost = []
    whole = "".join(text for _, text in after.chapters())
    chapters = [c for c in before.chapters() if c[1]]
    lost += [f"words of {name}" for name, text in chapters if text not in whole]
    if after.pictures() < before.pictures():
        lost.append(f"{before.pictures() - after.pictures()} of {before.pictures()} pictures")
    lost += [f"the line {line!r} of the contents" for line in before.contents() if line not in after.contents()]
    kept = after.metadata()
    # calibre joins title and subtitle
    same = lambda name, value: any(k == value or name == "title" and value in k for k in kept[name])
    lost += [f"{name}: {value}" for name, all in before.metadata().items() for value in all if not same(name, value)]
    print(f"{len(chapters)} chapters, {sum(len(t) for _, t in chapters)} letters, {before.pictures()} pictures; lost: {lost or 'nothing'}")
    return bool(lost) or not chapters


sys.exit(main(*sys.argv[1:]))
