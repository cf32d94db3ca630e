"""What the retailer sells, and the words that follow from it in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["m", "f", "mp", "fp"]
_VOWELS = frozenset("aeiouéèêâîôûy")


@dataclass(frozen=True)
class Product:
    """One article. `noun` and `name` are French, `english` is the whole English name without an article.

    `is_large`: it comes in parts, on a pallet, and may be dented or lack screws.
    """

    kind: Kind
    noun: str
    name: str
    english: str
    cents: int
    is_large: bool = False

    @property
    def label(self) -> str:
        """The article as receipts name it."""
        return f"{self.noun} {self.name}".strip().capitalize()

    @cached_property
    def words(self) -> Mapping[str, str]:
        """French words that agree with the article: `{le}`, `{du}`, `{mon}`, `{e}`, `{est}` and so on."""
        return _agreeing(self.kind, f"{self.noun} {self.name}".strip())

    @cached_property
    def short_words(self) -> Mapping[str, str]:
        """The same without the article's own name, as most people speak."""
        return _agreeing(self.kind, self.noun)

    @cached_property
    def english_words(self) -> Mapping[str, str]:
        """English words that agree with the article."""
        many = self.kind.endswith("p")
        number = {"is": "are", "was": "were", "has": "have", "it": "they", "them": "them", "this": "these"}
        plain = {key: key for key in number} | {"them": "it"}
        return (number if many else plain) | {"item": self.english}


def _agreeing(kind: Kind, noun: str) -> Mapping[str, str]:
    vowel = noun[0] in _VOWELS
    if kind in {"mp", "fp"}:
        ending, pronoun = ("s", "ils") if kind == "mp" else ("es", "elles")
        heads = {"le": "les ", "du": "des ", "au": "aux ", "mon": "mes ", "ce": "ces ", "un": "des "}
        verbs = {"est": "sont", "a": "ont", "etait": "étaient", "tient": "tiennent", "fait": "font"}
        verbs |= {"manque": "manquent", "devait": "devaient", "correspond": "correspondent", "vaut": "valent"}
    else:
        ending, pronoun = ("", "il") if kind == "m" else ("e", "elle")
        heads = _singular_heads(kind, vowel=vowel)
        verbs = {"est": "est", "a": "a", "etait": "était", "tient": "tient", "fait": "fait"}
        verbs |= {"manque": "manque", "devait": "devait", "correspond": "correspond", "vaut": "vaut"}
    return (
        {key: f"{head}{noun}" for key, head in heads.items()}
        | verbs
        | {"e": ending, "s": "s" if kind.endswith("p") else "", "il": pronoun}
    )


def _singular_heads(kind: Kind, *, vowel: bool) -> dict[str, str]:
    is_male = kind == "m"
    heads = {"le": "le ", "du": "du ", "au": "au "} if is_male else {"le": "la ", "du": "de la ", "au": "à la "}
    if vowel:
        heads = {"le": "l’", "du": "de l’", "au": "à l’"}
    demonstrative = ("cet " if vowel else "ce ") if is_male else "cette "
    return heads | {
        "mon": "mon " if is_male or vowel else "ma ",
        "ce": demonstrative,
        "un": "un " if is_male else "une ",
    }


PRODUCTS = (
    Product("m", "parasol", "Oléron", "Oléron parasol", 12_990, is_large=True),
    Product("m", "barbecue", "Braise 57", "Braise 57 barbecue", 24_900, is_large=True),
    Product("m", "salon de jardin", "Bastide", "Bastide garden set", 69_900, is_large=True),
    Product("m", "fauteuil", "Sorgue", "Sorgue armchair", 34_900, is_large=True),
    Product("m", "tapis", "Garance", "Garance rug", 15_900),
    Product("m", "miroir", "Soleil", "Soleil mirror", 8_990),
    Product("m", "canapé", "Tilleul", "Tilleul sofa", 89_900, is_large=True),
    Product("m", "matelas", "Nuage", "Nuage mattress", 44_900),
    Product("m", "bureau", "Atelier", "Atelier desk", 22_900, is_large=True),
    Product("m", "lampadaire", "Arceau", "Arceau floor lamp", 11_900, is_large=True),
    Product("m", "arrosoir", "en zinc", "zinc watering can", 3_490),
    Product("m", "abri de jardin", "Sologne", "Sologne garden shed", 54_900, is_large=True),
    Product("m", "taille-haie", "sans fil", "cordless hedge trimmer", 9_990),
    Product("m", "hamac", "Lagune", "Lagune hammock", 6_990),
    Product("f", "table", "Camargue", "Camargue table", 39_900, is_large=True),
    Product("f", "chaise longue", "Riviera", "Riviera lounger", 14_900, is_large=True),
    Product("f", "tondeuse", "électrique", "electric lawnmower", 19_900, is_large=True),
    Product("f", "lampe", "Mistral", "Mistral lamp", 5_990),
    Product("f", "housse de couette", "en lin", "linen duvet cover", 7_990),
    Product("f", "étagère", "Zellige", "Zellige shelf", 8_490, is_large=True),
    Product("f", "bibliothèque", "Mansart", "Mansart bookcase", 32_900, is_large=True),
    Product("f", "commode", "Verveine", "Verveine chest of drawers", 27_900, is_large=True),
    Product("f", "serre de balcon", "Pousse", "Pousse balcony greenhouse", 6_490, is_large=True),
    Product("f", "cocotte", "en fonte", "cast-iron casserole", 9_490),
    Product("f", "armoire", "Calanque", "Calanque wardrobe", 49_900, is_large=True),
    Product("f", "balancelle", "Alizé", "Alizé garden swing", 29_900, is_large=True),
    Product("f", "suspension", "Osier", "Osier pendant light", 7_490),
    Product("mp", "rideaux", "en lin lavé", "washed linen curtains", 8_990),
    Product("mp", "pots", "Terracotta", "Terracotta pots", 4_490),
    Product("mp", "coussins d’extérieur", "", "outdoor cushions", 5_490),
    Product("fp", "chaises", "Bistrot", "Bistrot chairs", 17_800),
    Product("fp", "assiettes", "Garrigue", "Garrigue plates", 5_990),
)
LARGE = tuple(product for product in PRODUCTS if product.is_large)
