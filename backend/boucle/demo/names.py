"""Names that customers bear."""


def _names(text: str) -> tuple[str, ...]:
    """Return the names of a text; a hyphen stays, an underscore stands for a space."""
    return tuple(name.replace("_", " ") for name in text.split())


FRENCH_WOMEN = _names(
    "Adèle Agathe Alice Amandine Amélie Anne-Sophie Audrey Aurélie Axelle Béatrice Brigitte Caroline Catherine "
    "Cécile Céline Charlotte Chloé Christine Clara Corinne Delphine Diane Édith Éléonore Élise Élodie Émilie Emma "
    "Estelle Eva Fanny Fatima Florence Françoise Gaëlle Ghislaine Hélène Inès Isabelle Jade Jeanne Julie Juliette "
    "Karine Laura Laure Léa Louise Lucie Lydie Maëlle Malika Manon Margaux Marguerite Marie Marine Marion Martine "
    "Mathilde Mireille Monique Myriam Nadia Nathalie Nicole Noémie Odile Patricia Pauline Renée Sabrina Samira "
    "Sandrine Sarah Simone Solène Sophie Sylvie Thérèse Tiphaine Valérie Vanessa Véronique Virginie Viviane Yvette "
    "Zoé"
)
FRENCH_MEN = _names(
    "Alain Alexandre André Antoine Arnaud Arthur Baptiste Benoît Bernard Bruno Christian Clément Damien Daniel "
    "David Denis Enzo Éric Étienne Fabien Fabrice Farid Florian Franck François Gabriel Georges Gérard Gilles "
    "Grégoire Guillaume Henri Hervé Jacques Jean Jean-Luc Jérôme Joël Jules Karim Laurent Léo Léon Loïc Louis Luc "
    "Lucas Marc Mathieu Maxime Michel Olivier Pascal Patrick Paul Philippe Pierre Raphaël Rémi Richard Robin Romain "
    "Sébastien Stéphane Sylvain Théo Thibault Thomas Victor Vincent Xavier Yann Yves"
)
FRENCH_LAST = _names(
    "Adam Allard Arnaud Aubert Aubry Bailly Barbier Baron Barre Benali Benoît Berger Bernard Bertin Besnard Blanc "
    "Blanchard Bonnet Boucher Boulanger Bourgeois Bouvier Boyer Brun Brunet Carlier Caron Carpentier Chauvin "
    "Charpentier Chevalier Clerc Colas Colin Collet Cordier Cousin Da_Silva David Delattre Delmas Denis Deschamps "
    "Devaux Diallo Dubois Duclos Dufour Duhamel Dumas Dumont Dupont Dupuis Durand Duval Étienne Fabre Faure "
    "Fernandez Fischer Fleury Fontaine Fournier Gaillard Garcia Garnier Gautier Gérard Germain Gillet Girard Giraud "
    "Gonzalez Grondin Guérin Guillot Guyot Haddad Hamel Henry Hoarau Hubert Huet Humbert Jacob Jacquet Joly Julien "
    "Klein Lacroix Laine Lambert Langlois Laurent Le_Goff Le_Roux Leblanc Lebrun Leclerc Lecomte Lefebvre Lefort "
    "Lemaire Lemoine Leroy Lévêque Lopez Louis Lucas Maillard Mallet Marchand Marion Martel Martin Martinez Marty "
    "Masson Mathieu Ménard Mercier Meunier Meyer Michaud Millet Monnier Moreau Morin Moulin Muller Nguyen Nicolas "
    "Noël Olivier Paris Pelletier Perret Perrin Petit Philippe Picard Pichon Poirier Pons Poulain Prévost Rémy "
    "Renard Renaud Rey Richard Rivière Robert Robin Roche Rodriguez Roger Rolland Rossi Rousseau Roux Royer Sanchez "
    "Schmitt Simon Tessier Thomas Traoré Tran Vallée Vasseur Vidal Vincent Weber Zimmermann"
)
ENGLISH_FIRST = _names(
    "Alison Amy Andrew Beth Callum Charlotte Daniel Eleanor Emma Fiona George Grace Hannah Harry Helen Ian Jack "
    "James Jane Joanna Kate Laura Liam Lucy Margaret Mark Matthew Nigel Oliver Owen Peter Rachel Rebecca Rhys Rosie "
    "Sarah Simon Sophie Stephen Susan Thomas Tom Victoria William"
)
ENGLISH_LAST = _names(
    "Adams Baker Bennett Brooks Campbell Carter Clarke Collins Cooper Davies Edwards Evans Fletcher Foster Graham "
    "Green Griffiths Hall Harris Hughes Jenkins Kelly King Lewis MacLeod Mitchell Morgan Murphy Murray Palmer "
    "Parker Phillips Reid Richardson Roberts Shaw Taylor Turner Walker Watson White Williams Wood Wright"
)
