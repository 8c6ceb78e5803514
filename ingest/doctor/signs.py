"""What a text looks like when its reading went wrong: counts that a person can check by eye."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# What stands in every text of some length in Swedish or English; the share of them is some 35 % of prose, less of lists.
FUNCTION_WORDS = frozenset(
    "och att i det som en på är av för med till den har de inte om ett var men sig så vid kan från eller nu när efter "
    "under ska skall samt ej inom mot hos än där här vi ni han hon dem detta denna dessa blir blev vara varit alla genom enligt "
    "utan över år mellan även får skulle sin sitt sina man också mer andra två ut upp därför varje någon något inga ingen "
    "the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one we "
    "all will shall may been has their its who if would there no can were more when".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("aeiouyåäöéèêëáàâæøóòôúùûüíìîïœ")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxzç]{7,}")  # västkustskt has six in a row
_CASE = re.compile(r"[a-zåäö][A-ZÅÄÖ]{1,2}[a-zåäö]")
_MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf…„†‡ˆ‰Š‹ŒŽ•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ“”¦¢]|Â[\u00a0-\u00bf]")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){5,}[^\W\d_](?!\w)")
_DEBRIS = re.compile(
    r"[a-zåäöé]{2,}- (?!(?:och|eller|samt|men|till|resp|respektive|som|and|or|to|kontra|alternativt|snarare|än|plus|ej|inte|i|på)\b)[a-zåäöé]{3,}"
)
_NUMBERED = re.compile(r"\(cid:\d+\)")  # how some programs write a sign they don't know
_KEPT = frozenset("\n\t\f")
LONGEST_WORD = 45  # letters; samhällsbyggnadsförvaltningens has 29


def share_of_letters(text: str) -> float:
    """The share of letters and digits among the signs that are no white space, 0 to 1; 1 for no signs."""
    signs = "".join(text.split())
    return sum(map(str.isalnum, signs)) / len(signs) if signs else 1.0


def words_of(text: str) -> list[str]:
    """The stretches of letters in a text."""
    return _WORD.findall(text)


def unreadable_signs(text: str) -> Counter[str]:
    """How many signs of a text stand for nothing, by sort: replacement, control, private-use and numbered ones."""
    sorts: Counter[str] = Counter({"numbered": len(_NUMBERED.findall(text))})
    for sign, count in Counter(text).items():
        if sign == "\ufffd":
            sorts["replacement"] += count
        elif unicodedata.category(sign) == "Co":
            sorts["private-use"] += count
        elif unicodedata.category(sign) in {"Cc", "Cn", "Cs"} and sign not in _KEPT:
            sorts["control"] += count
    return +sorts


def mojibake(text: str) -> int:
    """How many letters of a text were read in the wrong encoding, as in `Ã¥` for å."""
    return len(_MOJIBAKE.findall(text))


def spaced_words(text: str) -> int:
    """How many words of a text are written l i k e  t h i s, six letters or more."""
    return len(_SPACED.findall(text))


def hyphen_debris(text: str) -> list[str]:
    """The words of a text, its lines joined, that were left apart at a hyphen, as in `förvalt- ning`."""
    return _DEBRIS.findall(text)


def share_of_function_words(words: list[str]) -> float:
    """The share of words that are the small words of Swedish or English, 0 to 1; 1 for no words."""
    return sum(word.casefold() in FUNCTION_WORDS for word in words) / len(words) if words else 1.0


def share_like_words(words: list[str]) -> float:
    """The share of the words of three letters and more that could be words by their letters, 0 to 1; 1 for no words.

    A word has a vowel (unless it is written in capitals), no seven consonants in a row, no capital inside and 45 letters at most.
    """
    long = [word for word in words if len(word) >= 3]
    return sum(map(_like_a_word, long)) / len(long) if long else 1.0


def _like_a_word(word: str) -> bool:
    folded = word.casefold()
    return (
        (word.isupper() or not _VOWELS.isdisjoint(folded))
        and len(word) <= LONGEST_WORD
        and not _CONSONANTS.search(folded)
        and not _CASE.search(word)
    )
