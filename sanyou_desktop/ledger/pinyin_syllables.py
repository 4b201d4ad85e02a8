"""The syllables of Standard Mandarin, and how typed letters may be cut into them.

Kept apart from ``pinyin``, which needs the reading data: searching must not load that.
"""

from __future__ import annotations

from functools import lru_cache

# Initial: finals. Written without tones; v stands for ü, and lue/nue for lüe/nüe, as typed.
_TABLE = """
: a ai an ang ao e ei en eng er o ou
b: a ai an ang ao ei en eng i ian iao ie in ing o u
c: a ai an ang ao e en eng i ong ou u uan ui un uo
ch: a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
d: a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
f: a an ang ei en eng iao o ou u
g: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j: i ia ian iang iao ie in ing iong iu u uan ue un
k: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
l: a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v
m: a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
n: a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue un uo v
p: a ai an ang ao ei en eng i ian iao ie in ing o ou u
q: i ia ian iang iao ie in ing iong iu u uan ue un
r: an ang ao e en eng i ong ou u ua uan ui un uo
s: a ai an ang ao e en eng i ong ou u uan ui un uo
sh: a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
t: a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo
w: a ai an ang ei en eng o u
x: i ia ian iang iao ie in ing iong iu u uan ue un
y: a an ang ao e i in ing o ong ou u uan ue un
z: a ai an ang ao e ei en eng i ong ou u uan ui un uo
zh: a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
"""

SYLLABLES = frozenset(
    initial + final
    for line in _TABLE.strip().splitlines()
    for initial, finals in [line.split(":")]
    for final in finals.split()
)
_BEGINNINGS = frozenset(
    syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable) + 1)
)
# No syllable begins with i, u or v, so letters with one of them are no initials.
INITIALS = frozenset(syllable[0] for syllable in SYLLABLES)
LONGEST = max(map(len, SYLLABLES))
# Enough for every cut of eight characters' pinyin that anyone means; bounds what is tried.
_MOST_CUTS = 12


def canonical(letters: str) -> str:
    """Return typed letters as the table spells them: lüe and lve are lue, lü is lv."""
    letters = letters.replace("ü", "v")
    return letters.replace("lve", "lue").replace("nve", "nue")


@lru_cache(maxsize=1024)
def cuts(letters: str) -> tuple[tuple[str, ...], ...]:
    """Return how ``letters`` may be cut into syllables, the last of which may be unfinished.

    xian gives (xian), (xia, n) and (xi, an); fewest syllables first, at most twelve ways.
    """
    # Ways to cut the rest from each place on, from the end backwards: no place is cut twice.
    ways: list[list[tuple[str, ...]]] = [[] for _ in letters] + [[()]]
    for start in range(len(letters) - 1, -1, -1):
        rest = letters[start:]
        found: list[tuple[str, ...]] = [(rest,)] if rest in _BEGINNINGS else []
        for length in range(1, min(LONGEST, len(rest) - 1) + 1):
            syllable = rest[:length]
            if syllable in SYLLABLES:
                found += [(syllable, *way) for way in ways[start + length]]
        ways[start] = sorted(found, key=len)[:_MOST_CUTS]
    return tuple(ways[0])
