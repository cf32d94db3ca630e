"""French for what concerns the request itself: signing in, limits, ids, pages, cursors, the live streams."""

FRENCH = {
    "Nobody is signed in, or the session has ended. Sign in, or send an API token as `Authorization: Bearer`.": (
        "Personne n’est connecté, ou la session a pris fin. Connectez-vous, ou envoyez un jeton d’API dans "
        "`Authorization: Bearer`."
    ),
    "The schema can be read by signed-in users only. Sign in, or send an API token.": (
        "Seules les personnes connectées peuvent lire le schéma. Connectez-vous, ou envoyez un jeton d’API."
    ),
    "Something went wrong on our side. Quote {incident} when you report it.": (
        "Une erreur s’est produite de notre côté. Citez {incident} en la signalant."
    ),
    "This operation costs {cost}; at most {limit} is allowed. Ask for smaller pages.": (
        "Cette opération coûte {cost} ; la limite est de {limit}. Demandez des pages plus petites."
    ),
    "This operation costs {cost} and {available} are left of your allowance. Repeat it in {seconds} s, or ask for "
    "smaller pages.": (
        "Cette opération coûte {cost} et il vous reste {available}. Répétez-la dans {seconds} s, ou demandez des pages "
        "plus petites."
    ),
    "This operation took longer than {seconds} s and was stopped. Ask for less at once.": (
        "Cette opération a duré plus de {seconds} s et a été arrêtée. Demandez moins de choses à la fois."
    ),
    "This took longer than {seconds} s and was stopped. It may have happened all the same: look before you "
    "repeat it.": (
        "Cela a duré plus de {seconds} s et a été arrêté. Il se peut que ce soit fait : regardez avant de répéter."
    ),
    "The database took too long to read this. Ask for less at once.": (
        "La base de données a mis trop de temps à lire cela. Demandez moins de choses à la fois."
    ),
    "This client reads too slowly. Subscribe again after the last cursor that it has seen; nothing is lost.": (
        "Ce client lit trop lentement. Abonnez-le de nouveau après le dernier curseur qu’il a vu : rien n’est perdu."
    ),
    "It cannot be told here whether a ticket that changed is in this list; read it again.": (
        "Impossible de dire ici si un ticket modifié fait partie de cette liste ; relisez-la."
    ),
    "An escalation rule has changed, and with it the due times of tickets; read them again.": (
        "Une règle d’escalade a changé, et avec elle les échéances des tickets : relisez-les."
    ),
    "Some of what happened could not be told; read what is there now.": (
        "Une partie de ce qui s’est passé n’a pas pu être transmise : relisez ce qui est là maintenant."
    ),
    "Your rights have changed; read what you may see now.": (
        "Vos droits ont changé : relisez ce que vous pouvez voir maintenant."
    ),
    "The cursor is older than the log promises to replay, or of another log.": (
        "Ce curseur est plus ancien que ce que le journal peut rejouer, ou vient d’un autre journal."
    ),
    "'{cursor}' is not a cursor of this log. Read `liveCursor` and start again from there.": (
        "« {cursor} » n’est pas un curseur de ce journal. Lisez `liveCursor` et repartez de là."
    ),
    "'{cursor}' is not a cursor of this list. Start again without it.": (
        "« {cursor} » n’est pas un curseur de cette liste. Recommencez sans lui."
    ),
    "This cursor belongs to another sort order or filter. Start again without it.": (
        "Ce curseur appartient à un autre tri ou à un autre filtre. Recommencez sans lui."
    ),
    "Give either `first` or `last`, from 1 to {most}.": "Donnez soit `first`, soit `last`, de 1 à {most}.",
    "`{name}` is {given}; it must be from 1 to {most}.": "`{name}` vaut {given} ; il doit aller de 1 à {most}.",
    "'{id}' is not the id of such a thing: it should look like {prefix}_42.": (
        "« {id} » n’est pas l’identifiant d’un tel élément : il devrait ressembler à {prefix}_42."
    ),
    "The idempotency key '{key}' was used before with another input. Send a new key.": (
        "La clé d’idempotence « {key} » a déjà servi avec un autre contenu. Envoyez une nouvelle clé."
    ),
    "Too many wrong passwords. Wait {seconds} seconds and try again.": (
        "Trop de mots de passe erronés. Attendez {seconds} secondes, puis réessayez."
    ),
    "A socket cannot sign in. Send `sessionCreate` as an HTTP request.": (
        "On ne se connecte pas par un socket. Envoyez `sessionCreate` dans une requête HTTP."
    ),
    "This request comes with an API token. Revoke the token with `apiTokenRevoke`.": (
        "Cette requête porte un jeton d’API. Révoquez-le avec `apiTokenRevoke`."
    ),
}
