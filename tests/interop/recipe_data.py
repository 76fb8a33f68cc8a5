"""Reads every recipe of a book as a recipe manager would (with recipe-scrapers, which knows nothing of Cardamom) and compares title,
ingredients, steps, yield and times with the recipe's own file: recipe_data.py RECIPES BOOK.epub"""

import pathlib
import re
import sys
import unicodedata
import zipfile

import yaml
from recipe_scrapers import scrape_html

PARTS = ("amount", "unit", "item", "note", "or")
SHORT = {"tablespoon": "tbsp", "tablespoons": "tbsp", "teaspoon": "tsp", "teaspoons": "tsp", "liter": "litre"}
# What the book leaves out between an amount and its name.
LINKING = {"of", "de", "d"}


def words(text):
    """Words and numbers alone: no quotation marks, dashes, Markdown or spaces, and fractions as 1/2."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", str(text))
    text = re.sub("([¼-¾⅐-⅞])", r" \1", text)
    text = unicodedata.normalize("NFKC", text).replace("⁄", "/").casefold()
    return [SHORT.get(w, w) for w in re.findall(r"\d+(?:[.,/]\d+)*|[^\W\d_]+", text)]


def within(part, whole):
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def flat(entries):
    """Entries of a list that may have groups."""
    for entry in entries or []:
        if isinstance(entry, dict) and "group" in entry:
            yield from flat(entry.get("items") or entry.get("steps"))
        else:
            yield entry


def texts(value):
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    if isinstance(value, list):
        return [t for v in value for t in texts(v)]
    return [] if value is None or isinstance(value, bool) else [str(value)]


def minutes(text):
    found = re.fullmatch(r"(?:(\d+) h)?\s*(?:(\d+) min)?", str(text).strip())
    return found and int(found[1] or 0) * 60 + int(found[2] or 0)


def differences(recipe, page):
    scraper = scrape_html(page, org_url="https://example.org/", supported_only=False)
    data = scraper.schema.data
    if words(scraper.title()) != words(recipe["title"]):
        yield f"title: {scraper.title()!r}"

    wanted, found = list(flat(recipe["ingredients"])), scraper.ingredients()
    if len(wanted) != len(found):
        yield f"{len(found)} ingredients, not {len(wanted)}"
    for theirs, ours in zip(wanted, found):
        # what is for the index or for links is not of the line
        parts = {k: theirs[k] for k in PARTS if k in theirs} if isinstance(theirs, dict) else theirs
        missing = sorted(set(words(" ".join(texts(parts)))) - set(words(ours)) - LINKING)
        if missing:
            yield f"ingredient {ours!r} lacks {missing}"

    wanted, found = list(flat(recipe["steps"])), steps(data["recipeInstructions"])
    if len(wanted) != len(found) or len(scraper.instructions_list()) < len(found):
        yield f"{len(found)} steps, not {len(wanted)}"
    for theirs, ours in zip(wanted, found):
        fields = theirs if isinstance(theirs, dict) else {"text": theirs}
        if not within(words(fields["text"]), words(ours["text"])):
            yield f"step {ours['text']!r} is not {fields['text']!r}"
        if words(fields.get("title", "")) != words(ours.get("name", "")):
            yield f"title of a step: {ours.get('name')!r}"

    wanted, found = words(" ".join(texts(recipe.get("yield")))), words(data.get("recipeYield", ""))
    if found and all(w[0].isdigit() for w in found):
        # numbers alone are of people, and read so
        if found != [w for w in wanted if w[0].isdigit()] or scraper.yields() != f"{found[0]} servings":
            yield f"yield: {data['recipeYield']!r}, read as {scraper.yields()!r}"
    elif found != wanted:
        yield f"yield: {data.get('recipeYield')!r}"

    times = recipe.get("times") or {}
    for name, key in (("prep", "prepTime"), ("cook", "cookTime"), ("total", "totalTime")):
        if name in times and minutes(times[name]) is not None:
            read = {"prep": scraper.prep_time, "cook": scraper.cook_time, "total": scraper.total_time}[name]()
            if read != minutes(times[name]):
                yield f"{key}: {read}, not {minutes(times[name])}"


def steps(instructions):
    """Steps, out of their sections."""
    found = []
    for step in instructions:
        found += steps(step["itemListElement"]) if step["@type"] == "HowToSection" else [step]
    return found


def main(folder, book):
    archive = zipfile.ZipFile(book)
    pages = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xhtml")]
    pages = {tuple(words(re.search("<title>(.*?)</title>", p, re.S)[1])): p for p in pages if "application/ld+json" in p}
    files = sorted(f for f in pathlib.Path(folder).glob("*.yaml") if f.name != "cookbook.yaml")
    bad = 0
    for file in files:
        recipe = yaml.safe_load(file.read_text())
        page = pages.get(tuple(words(recipe["title"])))
        for difference in ["no chapter with data"] if page is None else differences(recipe, page):
            print(f"{file.name}: {difference}")
            bad += 1
    print(f"{len(files)} recipes, {bad} differences")
    return bad > 0 or not files


sys.exit(main(*sys.argv[1:]))
