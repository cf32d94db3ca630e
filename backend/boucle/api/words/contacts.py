"""French for refusals about contacts and the details by which people are reached."""

FRENCH = {
    "There is no contact {id}, or you may not see it.": "Le contact {id} n’existe pas, ou vous n’y avez pas accès.",
    "The contact {name} was changed in between. Look again.": (
        "La fiche du contact {name} vient d’être modifiée. Relisez-la, puis recommencez."
    ),
    "Give a name, an e-mail address, a phone number or an external reference.": (
        "Donnez un nom, une adresse e-mail, un numéro de téléphone ou une référence externe."
    ),
    "The external reference '{reference}' belongs to {name}. Use another, or edit that contact.": (
        "La référence externe « {reference} » est celle de {name}. Prenez-en une autre, ou modifiez ce contact."
    ),
    "'{email}' is not an e-mail address. It should look like name@example.com.": (
        "« {email} » n’est pas une adresse e-mail. Elle devrait ressembler à nom@exemple.fr."
    ),
    "'{phone}' is not a phone number. It should look like +33 6 12 34 56 78.": (
        "« {phone} » n’est pas un numéro de téléphone. Il devrait ressembler à +33 6 12 34 56 78."
    ),
    "This has {length} characters; at most {most} are kept.": (
        "Ce texte a {length} caractères ; {most} au plus sont possibles."
    ),
    "'{language}' is not a language here. Choose fr or en.": (
        "« {language} » n’est pas une langue proposée ici. Choisissez fr ou en."
    ),
}
