"""The names that a title goes by, in a form in which people's ways of writing are alike.

'Seven (a.k.a. Se7en) (1995)' goes by 'seven' and by 'se7en', 'Matrix, The (1999)' by 'the matrix'
and by 'matrix'. Only an article behind a comma is known to be one: 'Die Hard' keeps its first word.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

_ARTICLES = (
    "the|a|an|le|la|les|l'|il|lo|i|gli|un|une|una|uno|el|los|las|der|die|das|den|det|de|een|het|"
    "ein|eine|en|ett"
)
_BEHIND = re.compile(rf"(.*\S), ({_ARTICLES})", re.IGNORECASE)
_ENGLISH = re.compile(r"(?:the|an?) (?=.)")
_YEAR = re.compile(r"\s*[(\[](\d{4})(?:/[ivx]+|\s?[-\u2013]\s?\d{0,4})?[)\]]\s*$", re.IGNORECASE)
_BRACKET = re.compile(r"(.*\S)\s*\(([^()]*)\)\s*")
_KNOWN_AS = re.compile(r"^a\.?\s?k\.?\s?a\.?:?\s+", re.IGNORECASE)
_COLON = re.compile(r":\s+|\s+[-\u2013\u2014]\s+")
_POSSESSIVE = re.compile(r"(?<=\w['\u2019]s)\s+")

_APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u2018\u2019\u201b\u02bc\u02bb\u2032\uff07"))
_LETTERS = str.maketrans(
    {"\u00f8": "o", "\u0111": "d", "\u00f0": "d", "\u0142": "l", "\u00e6": "ae", "\u0153": "oe"}
    | {"\u00fe": "th", "\u0131": "i", "&": " and ", "+": " and "}
)
"""What Unicode does not decompose, and signs that are said."""

_FRACTIONS = re.compile("(?<=[0-9])(?=[\u00bc-\u00be\u2150-\u215e])")
_WORDS = re.compile(r"[^\W_]+")
_ROMAN = ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_NUMERALS = {roman: str(number) for number, roman in enumerate(_ROMAN, start=2)}
_COUNTED = frozenset(("part", "vol", "volume", "chapter", "episode"))


@dataclass(frozen=True)
class Title:
    """A title, taken apart.

    Attributes:
        text: without its year. main: without brackets too. bare: the same without an article that
            stands behind a comma. others: what stands in brackets, with and without such articles.
        year: None where it has none.
    """

    text: str
    main: str
    bare: str
    others: tuple[str, ...]
    year: int | None


def take_apart(title: str) -> Title:
    """The names in a title, articles in front; '[1999]' is a year as '(1999)' is."""
    text = " ".join(html.unescape(title).split())
    year = _YEAR.search(text)
    text = _YEAR.sub("", text) or text
    main = text
    others: list[str] = []
    while bracket := _BRACKET.fullmatch(main):
        main = bracket[1]
        others += _with_article(_KNOWN_AS.sub("", bracket[2]))
    full, bare = _with_article(main)
    named = tuple(dict.fromkeys(others))
    return Title(text, full, bare, named, int(year[1]) if year else None)


def _with_article(name: str) -> tuple[str, str]:
    """'Matrix, The' as 'The Matrix' and as 'Matrix'; twice the name where no article is behind."""
    moved = _BEHIND.fullmatch(name)
    if moved is None:
        return name, name
    joint = "" if moved[2].endswith("'") else " "
    return f"{moved[2]}{joint}{moved[1]}", moved[1]


def form(name: str) -> str:
    """Its words in lower case, without accents, apostrophes and other marks.

    A name of marks alone keeps them.
    """
    plain = _FRACTIONS.sub(" ", name).casefold().translate(_APOSTROPHES)
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        plain = plain.casefold()  # letters of formulas have no small form before
    return " ".join(_WORDS.findall(plain.translate(_LETTERS))) or name.strip().casefold()


def without_article(plain: str) -> str:
    """A form without the English article in front."""
    return _ENGLISH.sub("", plain, count=1) if _ENGLISH.match(plain) else plain


def loose(plain: str) -> str:
    """A form without blanks and 'and', 'part ii' as '2': 'spiderman', 'godfather2'.

    A first word is no numeral ('V for Vendetta'), nor is 'i' or 'x' ('X-Men').
    """
    first, *others = plain.split() or [""]
    words = [first, *(_NUMERALS.get(word, word) for word in others)]
    followed = zip(words, [*words[1:], ""], strict=True)
    kept = [
        word
        for word, following in followed
        if word != "and" and not (word in _COUNTED and following.isdecimal())
    ]
    return "".join(kept) or plain


def heads(name: str) -> list[str]:
    """The forms of what stands before a colon or a dash: 'star wars' of 'Star Wars: Episode IV'."""
    return [form(name[: cut.start()]) for cut in _COLON.finditer(name)]


def tails(name: str) -> list[str]:
    """The forms of what stands behind a colon or a dash."""
    return [form(name[cut.end() :]) for cut in _COLON.finditer(name)]


def without_owner(name: str) -> list[str]:
    """The forms of what stands behind a possessive: 'the avengers' of "Marvel's The Avengers"."""
    return [form(name[cut.end() :]) for cut in _POSSESSIVE.finditer(name)]
