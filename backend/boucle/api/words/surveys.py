"""French for refusals about programs, surveys, their definitions and the answers to them."""

SURVEYS = {
    "There is no program {id}.": "Le programme {id} n’existe pas.",
    "There is no such program.": "Ce programme n’existe pas.",
    "There is no survey {id}.": "L’enquête {id} n’existe pas.",
    "There is no survey '{key}'.": "L’enquête « {key} » n’existe pas.",
    "There is no response {id}, or you may not see it.": "La réponse {id} n’existe pas, ou vous n’y avez pas accès.",
    "The program '{name}' was changed in between. Look again.": (
        "Le programme « {name} » vient d’être modifié. Relisez-le, puis recommencez."
    ),
    "The survey '{name}' was changed in between. Look again.": (
        "L’enquête « {name} » vient d’être modifiée. Relisez-la, puis recommencez."
    ),
    "A survey needs a language.": "Une enquête a besoin d’une langue.",
    "The survey '{name}' has no changes since version {number}. Change it before you publish it.": (
        "L’enquête « {name} » n’a pas changé depuis la version {number}. Modifiez-la avant de la publier."
    ),
    "The survey '{key}' was not published yet. Publish it under Settings, Surveys.": (
        "L’enquête « {key} » n’est pas encore publiée. Publiez-la dans Réglages, Enquêtes."
    ),
    "The survey '{key}' is closed and takes no more answers.": (
        "L’enquête « {key} » est fermée et n’accepte plus de réponses."
    ),
    "The key '{key}' belongs to another survey. Choose another.": (
        "La clé « {key} » est celle d’une autre enquête. Choisissez-en une autre."
    ),
    (
        "'{key}' cannot be part of an address. Use small letters, digits and single hyphens, at most {most} characters."
    ): (
        "« {key} » ne peut pas figurer dans une adresse. Écrivez des lettres minuscules sans accent, des chiffres et "
        "des tirets isolés, {most} caractères au plus."
    ),
    "The highest score that opens a ticket is from 0 to {most}.": (
        "La note la plus haute qui ouvre un ticket va de 0 à {most}."
    ),
    "A segment's name has 1 to {most} characters.": "Le nom d’un segment a de 1 à {most} caractères.",
}

DEFINITIONS = {
    "French": "français",
    "English": "anglais",
    "The title": "Le titre",
    "The introduction": "L’introduction",
    "The thank-you text": "Le texte de remerciement",
    "The text of question '{key}'": "Le texte de la question « {key} »",
    "Question '{key}'": "La question « {key} »",
    "Choice '{key}' of question '{question}'": "Le choix « {key} » de la question « {question} »",
    "Embedded field '{name}'": "La donnée jointe « {name} »",
    "the first name": "le prénom",
    "the last name": "le nom",
    "the e-mail address": "l’adresse e-mail",
    "the phone number": "le numéro de téléphone",
    "A survey needs at least one question.": "Une enquête a besoin d’au moins une question.",
    "A survey has at most {most} questions.": "Une enquête a {most} questions au plus.",
    "A survey has at most {most} embedded fields.": "Une enquête a {most} données jointes au plus.",
    "{name} is missing in {language}.": "{name} manque en {language}.",
    "{name} is longer than {most} characters.": "{name} dépasse {most} caractères.",
    "{name} needs a scale of 5 or 7 points.": "{name} a besoin d’une échelle de 5 ou 7 points.",
    "{name} has points, which only CSAT and CES questions have.": (
        "{name} a des points, ce qui n’est possible que pour les questions CSAT et CES."
    ),
    "{name} cannot be the score: only NPS, CSAT and CES questions can.": (
        "{name} ne peut pas donner la note : seules les questions NPS, CSAT et CES le peuvent."
    ),
    "{name} cannot be the comment: only text questions can.": (
        "{name} ne peut pas être le commentaire : seules les questions de texte le peuvent."
    ),
    "{name} has choices, which only choice questions have.": (
        "{name} a des choix, ce qui n’est possible que pour les questions à choix."
    ),
    "{name} needs at least one choice.": "{name} a besoin d’au moins un choix.",
    "{name} has more than {most} choices.": "{name} a plus de {most} choix.",
    "{name} is not a text question, so it has no '{setting}'.": (
        "{name} n’est pas une question de texte : le réglage « {setting} » n’y est pas possible."
    ),
    "{name} is either the comment or a contact detail, not both.": (
        "{name} est soit le commentaire, soit une coordonnée, pas les deux."
    ),
    "Only one question can be the score; these are: {keys}.": (
        "Une seule question peut donner la note ; celles-ci la donnent : {keys}."
    ),
    "Only one question can ask for {detail}; these do: {keys}.": (
        "Une seule question peut demander {detail} ; celles-ci le font : {keys}."
    ),
    "{name}: a key has small letters, digits, '-' and '_', and at most {most} characters.": (
        "{name} : une clé a des lettres minuscules sans accent, des chiffres, « - » et « _ », et {most} caractères "
        "au plus."
    ),
    "{name} occurs more than once; keys must differ.": (
        "{name} figure plus d’une fois ; les clés doivent être différentes."
    ),
    ("{name}: a name starts with a letter and has letters, digits, '_', '-' and '.', and at most {most} characters."): (
        "{name} : un nom commence par une lettre et a des lettres sans accent, des chiffres, « _ », « - » et « . », "
        "et {most} caractères au plus."
    ),
}

ANSWERS = {
    "There is no question '{key}'. Known: {known}.": (
        "La question « {key} » n’existe pas. Questions connues : {known}."
    ),
    "Question '{key}' must be answered.": "La question « {key} » demande une réponse.",
    "Question '{key}' takes a whole number from {lowest} to {highest}, not {given!r}.": (
        "La question « {key} » attend un nombre entier de {lowest} à {highest}, pas {given!r}."
    ),
    "Question '{key}' takes keys of choices, not {given!r}.": (
        "La question « {key} » attend des clés de choix, pas {given!r}."
    ),
    "Question '{key}' has no choice '{choice}'. Choices: {known}.": (
        "La question « {key} » n’a pas de choix « {choice} ». Choix possibles : {known}."
    ),
    "Question '{key}' takes one choice, not {count}.": "La question « {key} » attend un seul choix, pas {count}.",
    "Question '{key}' takes text, not {given!r}.": "La question « {key} » attend un texte, pas {given!r}.",
    "The answer to '{question}' needs exactly one of number, text and choices.": (
        "La réponse à « {question} » demande une seule de ces valeurs : number, text ou choices."
    ),
    "A question is answered twice. Send one answer per question.": (
        "Une question a deux réponses. Envoyez une seule réponse par question."
    ),
    "An external id has 1 to {most} printable characters.": (
        "Un identifiant externe a de 1 à {most} caractères imprimables."
    ),
    "The external id '{id}' was used before with {part}. Send the same again, or a new id.": (
        "L’identifiant externe « {id} » a déjà servi avec {part}. Renvoyez la même chose, ou un nouvel identifiant."
    ),
    "other answers": "d’autres réponses",
    "another contact": "un autre contact",
    "other embedded data": "d’autres données jointes",
    "Rows at once: {count}; send at most {most}.": "Lignes à la fois : {count} ; envoyez-en {most} au plus.",
    "The date of an answer cannot lie in the future.": "La date d’une réponse ne peut pas être dans le futur.",
    "The database refused this answer, and nothing of it was stored. Quote {incident} when you report it.": (
        "La base de données a refusé cette réponse, et n’en a rien gardé. Citez {incident} si vous le signalez."
    ),
}

FRENCH = SURVEYS | DEFINITIONS | ANSWERS
