"""French for refusals about people and their access: rights, users, teams, passwords, tokens, absences."""

FRENCH = {
    "See their tickets": "Voir ses tickets",
    "See all tickets": "Voir tous les tickets",
    "Work on tickets": "Traiter des tickets",
    "Assign tickets": "Confier des tickets",
    "Manage tickets": "Gérer les tickets",
    "See contacts": "Voir les contacts",
    "Edit contacts": "Modifier les contacts",
    "See surveys": "Voir les enquêtes",
    "Manage surveys": "Gérer les enquêtes",
    "Manage teams": "Gérer les équipes",
    "Manage users": "Gérer les utilisateurs",
    "Manage the organisation": "Gérer l’organisation",
    (
        "This needs the right '{right}', which {name} does not have. "
        "An organisation administrator can grant it under Settings, Users."
    ): (
        "Il faut pour cela le droit « {right} », que {name} n’a pas. "
        "Un administrateur de l’organisation peut le donner dans Réglages, Utilisateurs."
    ),
    (
        "This API token has only some of the rights of {name}, so it may not act on the account itself. "
        "Sign in, or use a token that was not narrowed."
    ): (
        "Ce jeton d’API n’a qu’une partie des droits de {name} : il ne peut pas agir sur le compte lui-même. "
        "Connectez-vous, ou utilisez un jeton sans restriction."
    ),
    "The access of {name} has ended in the meantime. Sign in again.": (
        "L’accès de {name} a pris fin entre-temps. Connectez-vous à nouveau."
    ),
    ("You would give the right '{right}', which you do not act with yourself. An organisation administrator can."): (
        "Vous donneriez le droit « {right} », dont vous ne disposez pas ici. Un administrateur de l’organisation le "
        "peut."
    ),
    (
        "'{name}' has the right '{right}', which you do not act with yourself. An organisation administrator can "
        "do this."
    ): (
        "« {name} » a le droit « {right} », dont vous ne disposez pas ici. Un administrateur de l’organisation peut "
        "le faire."
    ),
    ("Nobody would be left who may manage users and the organisation. Give those rights to somebody else first."): (
        "Il ne resterait personne pour gérer les utilisateurs et l’organisation. Donnez d’abord ces droits à quelqu’un "
        "d’autre."
    ),
    "This e-mail and this password do not belong together. Check both and try again.": (
        "Cette adresse e-mail et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez."
    ),
    "The current password is not right. Type it again.": (
        "Le mot de passe actuel n’est pas le bon. Saisissez-le à nouveau."
    ),
    "The password needs at least {least} characters.": "Le mot de passe doit avoir au moins {least} caractères.",
    "The password may have at most {most} characters.": "Le mot de passe peut avoir {most} caractères au plus.",
    "You have no such session.": "Vous n’avez pas de telle session.",
    "You have no such API token.": "Vous n’avez pas de tel jeton d’API.",
    "A token lives from 1 to {most} days, not {given}.": "Un jeton vit de 1 à {most} jours, pas {given}.",
    "Give a name; it is empty.": "Donnez un nom : il est vide.",
    "'{name}' is not a time zone. Write one such as Europe/Paris.": (
        "« {name} » n’est pas un fuseau horaire. Écrivez-en un comme Europe/Paris."
    ),
    "There is no such user.": "Cet utilisateur n’existe pas.",
    "There is no such active user.": "Cet utilisateur n’existe pas, ou son compte est désactivé.",
    "There is no such user type.": "Ce type d’utilisateur n’existe pas.",
    "There is no such team (any more).": "Cette équipe n’existe pas, ou n’existe plus.",
    "One of the teams does not exist (any more).": "L’une des équipes n’existe pas, ou n’existe plus.",
    "One of the members does not exist or is not active.": (
        "L’un des membres n’existe pas, ou son compte est désactivé."
    ),
    "Another user already has the address {email}. Use another.": (
        "Un autre utilisateur a déjà l’adresse {email}. Prenez-en une autre."
    ),
    "Another team is already called '{name}'. Choose another name.": (
        "Une autre équipe s’appelle déjà « {name} ». Choisissez un autre nom."
    ),
    "{names}: granted and revoked at once. Choose one.": (
        "{names} : à la fois donné et retiré. Choisissez l’un ou l’autre."
    ),
    "You cannot deactivate yourself. Ask another organisation administrator.": (
        "Vous ne pouvez pas désactiver votre propre compte. Demandez-le à un autre administrateur de l’organisation."
    ),
    "This would take the right to manage users from yourself. Ask another organisation administrator.": (
        "Vous vous retireriez le droit de gérer les utilisateurs. Demandez-le à un autre administrateur de "
        "l’organisation."
    ),
    "The user {name} was changed in between. Look again.": (
        "Le compte « {name} » vient d’être modifié. Relisez-le, puis recommencez."
    ),
    "The user type '{name}' was changed in between. Look again.": (
        "Le type d’utilisateur « {name} » vient d’être modifié. Relisez-le, puis recommencez."
    ),
    "The team '{name}' was changed in between. Look again.": (
        "L’équipe « {name} » vient d’être modifiée. Relisez-la, puis recommencez."
    ),
    "The organisation's settings were changed in between. Look again.": (
        "Les réglages de l’organisation viennent d’être modifiés. Relisez-les, puis recommencez."
    ),
    "There is no such absence.": "Cette absence n’existe pas.",
    "This absence was changed in between. Look again.": (
        "Cette absence vient d’être modifiée. Relisez-la, puis recommencez."
    ),
    "This absence is over and stays as it was. Plan a new one.": (
        "Cette absence est terminée et reste telle quelle. Prévoyez-en une nouvelle."
    ),
    "The absence would already be over. Choose an end in the future.": (
        "Cette absence serait déjà terminée. Choisissez une fin dans l’avenir."
    ),
    "The end must be after the start.": "La fin doit venir après le début.",
    "Nobody can substitute for themselves. Choose a colleague.": (
        "Personne ne se remplace soi-même. Choisissez un collègue."
    ),
    "You may plan your own absence; for somebody else's you need the right '{right}'.": (
        "Vous pouvez prévoir votre propre absence ; pour celle d’une autre personne, il faut le droit « {right} »."
    ),
    "Another absence from {starts_at:%Y-%m-%d} overlaps. End it first, or choose other dates.": (
        "Une autre absence, à partir du {starts_at:%d/%m/%Y}, recouvre celle-ci. Terminez-la d’abord, ou choisissez "
        "d’autres dates."
    ),
}
