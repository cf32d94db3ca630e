"""French for refusals about tickets, escalation rules, and people and teams that tickets hold back."""

ACTS = {
    "There is no ticket {key}, or you may not see it.": "Le ticket {key} n’existe pas, ou vous n’y avez pas accès.",
    "{key} has changed since you read it. Look at it again.": (
        "{key} a changé depuis que vous l’avez lu. Relisez-le, puis recommencez."
    ),
    "{key} was {done} by {author} {ago}. Look at it as it is now and decide again.": (
        "{key} a changé entre-temps : {done} par {author} {ago}. Regardez-le tel qu’il est, puis décidez à nouveau."
    ),
    "{key} went to somebody else {ago}, and you can no longer see it. Choose another one.": (
        "{key} a été confié à quelqu’un d’autre {ago}, et vous n’y avez plus accès. Choisissez-en un autre."
    ),
    "opened": "ouvert",
    "changed": "modifié",
    "moved to another status": "statut modifié",
    "given another priority": "priorité modifiée",
    "given another segment": "segment modifié",
    "assigned": "confié",
    "commented": "commenté",
    "escalated": "escaladé",
    "a rule": "une règle",
    "just now": "à l’instant",
    "{count} min ago": "il y a {count} min",
    "{count} h ago": "il y a {count} h",
    "{count} days ago": "il y a {count} jours",
    "{key} is finished. Reopen it before you take it.": "{key} est terminé. Rouvrez-le avant de le prendre.",
    "{key} is finished. Reopen it before you escalate it.": "{key} est terminé. Rouvrez-le avant de l’escalader.",
    "{key} was already escalated by hand. What remains is to work on it.": (
        "{key} a déjà été escaladé à la main. Il reste à le traiter."
    ),
    "{key} has an assignee and always keeps one. Choose another person instead.": (
        "{key} a un responsable et en garde toujours un. Choisissez plutôt une autre personne."
    ),
    "On {key} you can undo only your own last act (status, assignee, team), within {minutes} minutes.": (
        "Sur {key}, vous pouvez annuler seulement votre dernière action (statut, responsable, équipe), "
        "dans les {minutes} minutes."
    ),
    "{name}'s account is deactivated. Choose somebody else.": (
        "Le compte de {name} est désactivé. Choisissez une autre personne."
    ),
    "{name} does not have the right '{right}'. Choose somebody else.": (
        "{name} n’a pas le droit « {right} ». Choisissez une autre personne."
    ),
    "There is no user {id}.": "L’utilisateur {id} n’existe pas.",
    "There is no team {id}.": "L’équipe {id} n’existe pas.",
    "There is no status {id}.": "Le statut {id} n’existe pas.",
    "A ticket becomes escalated by escalating it, not by a change of status.": (
        "Un ticket devient « Escaladé » quand on l’escalade, pas par un changement de statut."
    ),
    "A ticket is new only once. Choose Open instead.": "Un ticket n’est nouveau qu’une fois. Choisissez « Ouvert ».",
    "A closed ticket can only be reopened. Choose Open.": (
        "Un ticket clos ne peut qu’être rouvert. Choisissez « Ouvert »."
    ),
    "A ticket cannot go from {before} to {after} directly. Resolve it first.": (
        "Un ticket ne passe pas directement de « {before} » à « {after} ». Résolvez-le d’abord."
    ),
    "New": "Nouveau",
    "Open": "Ouvert",
    "In progress": "En cours",
    "Escalated": "Escaladé",
    "Resolved": "Résolu",
    "Closed": "Clos",
    "Filters at once: {count}; ask for at most {most}.": "Filtres à la fois : {count} ; demandez-en {most} au plus.",
}

CONTENT = {
    "A ticket needs a subject.": "Un ticket a besoin d’un objet.",
    "A ticket needs the customer's name.": "Un ticket a besoin du nom du client.",
    "A comment needs some text.": "Un commentaire a besoin d’un texte.",
    "The date of the feedback cannot lie in the future.": "La date de l’avis ne peut pas être dans l’avenir.",
    "The response is another contact's. Leave the contact out.": (
        "Cette réponse est celle d’un autre contact. N’indiquez pas de contact."
    ),
    "The response belongs to another survey. Leave the survey out.": (
        "Cette réponse appartient à une autre enquête. N’indiquez pas d’enquête."
    ),
    "{reason}": "{reason}",
    "The customer's name is part of what came in and never changes on the ticket.": (
        "Le nom du client fait partie de ce qui a été reçu et ne change jamais sur le ticket."
    ),
    "The customer's e-mail is part of what came in and never changes on the ticket.": (
        "L’adresse e-mail du client fait partie de ce qui a été reçu et ne change jamais sur le ticket."
    ),
    "The date of the feedback is part of what came in and never changes.": (
        "La date de l’avis fait partie de ce qui a été reçu et ne change jamais."
    ),
    "A ticket keeps its number for ever, people quote it.": "Un ticket garde toujours son numéro : on le cite.",
    "The time of creation is a fact and never changes.": "Le moment de la création est un fait et ne change jamais.",
    "The response that a ticket comes from never changes. Open another ticket instead.": (
        "La réponse d’où vient un ticket ne change jamais. Ouvrez plutôt un autre ticket."
    ),
    "The survey that a ticket comes from never changes. Open another ticket instead.": (
        "L’enquête d’où vient un ticket ne change jamais. Ouvrez plutôt un autre ticket."
    ),
}

RULES = {
    "There is no escalation rule {id}, or it was deleted.": (
        "La règle d’escalade {id} n’existe pas, ou a été supprimée."
    ),
    "The rule '{name}' was changed in between. Look again.": (
        "La règle « {name} » vient d’être modifiée. Relisez-la, puis recommencez."
    ),
    "A rule needs a name.": "Une règle a besoin d’un nom.",
    "A rule waits from 1 to {most} minutes, not {given}.": "Une règle attend de 1 à {most} minutes, pas {given}.",
    "A rule needs exactly one recipient: a person or a team.": (
        "Une règle a besoin d’un seul destinataire : une personne ou une équipe."
    ),
}

LEAVING = {
    "Open tickets that this user still holds: {count}. Choose who takes them over.": (
        "Tickets ouverts que cette personne tient encore : {count}. Choisissez qui les reprend."
    ),
    ("Open tickets of people who would lose the right '{right}': {count} ({owners}). Choose who takes them over."): (
        "Tickets ouverts de personnes qui perdraient le droit « {right} » : {count} ({owners}). "
        "Choisissez qui les reprend."
    ),
    "{owners} and {count} more people": "{owners} et {count} autres personnes",
    "{substitute} stands in for {absent}. Choose who does so instead.": (
        "{substitute} remplace {absent}. Choisissez qui le fera à sa place."
    ),
    (
        "{substitute} stands in for {absent}, who cannot do so for themselves. "
        "Give that absence another substitute first, or choose somebody else."
    ): (
        "{substitute} remplace {absent}, qui ne peut pas se remplacer soi-même. "
        "Choisissez d’abord un autre remplaçant pour cette absence, ou une autre personne ici."
    ),
    "Tickets that belong to this team: {count}. Give them to another team first.": (
        "Tickets de cette équipe : {count}. Confiez-les d’abord à une autre équipe."
    ),
    "The escalation rule '{name}' sends tickets to this team. Change the rule first.": (
        "La règle d’escalade « {name} » envoie des tickets à cette équipe. Modifiez d’abord la règle."
    ),
    "The escalation rule '{name}' sends tickets to {user}. Change the rule first.": (
        "La règle d’escalade « {name} » envoie des tickets à {user}. Modifiez d’abord la règle."
    ),
    "Tickets of the survey '{name}' go to this team. Change the survey first.": (
        "Les tickets de l’enquête « {name} » vont à cette équipe. Modifiez d’abord l’enquête."
    ),
    "Tickets of the survey '{name}' go to {user}. Change the survey first.": (
        "Les tickets de l’enquête « {name} » vont à {user}. Modifiez d’abord l’enquête."
    ),
}

FRENCH = ACTS | CONTENT | RULES | LEAVING
