"""Words made comparable: without accents, endings and the little words that say nothing. Pure: no Django."""

from hosts.thesaurus import fold

_VOWELS = frozenset("aeiouyαεηιουω")
# Consonants that end many plurals; after another consonant they belong to the word ("stress", "Giovanni").
_WEAK = frozenset("snxνσ")
STEM_LENGTH = 4
# Words that say nothing by themselves, in the languages of the thesaurus.
_LITTLE_WORDS = """a an and are as at be by for from how i in is it of on or our that the their to we what
who with au aux avec ce ces dans de des du elle en est et il ils je la le les leur mais nos notre nous ou par
pas pour qui que sa se ses son sur un une vers vos
aan bij dat deze die een het hoe ik is met naar niet om ons op te tot uit van voor we wij zijn zonder
als am an auf aus bei das dem den der die ein eine einem einen einer fur im ist mit nach nicht oder sich sie
sind und uns vom von wie wir zu zum zur
al con como del el ella en es las los lo mas nos nuestro o para pero por que si sin sobre su sus una y
che chi ci con da dal dalla dei del della delle di e gli ha il in io la le lo ma nel nella noi non per piu si
sono su sul tra un una
ao aos as com da das do dos e em na nas no nos o os ou para pela pelo por sem uma
απο για δεν ειναι η και με μας μια να ο οι που σε στη στην στο στον τα τη την της το τον του των
a by do i ja jak je jako jsou k ke ktere na nebo o od po pro pri s se si te to u v ve z za ze
czy dla do i jest ktore lub na nie o oraz po pod przez sie u w we z za ze
"""
STOP_WORDS = frozenset(_LITTLE_WORDS.split())


def stem(word: str) -> str:
    """A folded word without its ending: ``jeunes`` → ``jeun``, ``adicciones`` → ``adicc``."""
    end = len(word)
    while end > STEM_LENGTH and (
        word[end - 1] in _VOWELS or (word[end - 1] in _WEAK and word[end - 2] in _VOWELS)
    ):
        end -= 1
    return word[:end]


def stems(text: str) -> list[str]:
    """The stems of a text, in order, words that say nothing left out."""
    return [stem(word) for word in fold(text).split() if word not in STOP_WORDS]


def trigrams(word: str) -> set[str]:
    """Groups of three letters, the beginning counted twice."""
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
