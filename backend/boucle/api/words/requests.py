"""French for what concerns the request itself: signing in, limits, ids, pages, cursors, the live streams."""

FRENCH = {
    "Nobody is signed in, or the session has ended. Sign in, or send an API token as `Authorization: Bearer`.": (
        "Personne n’est connecté, ou la session a pris fin. Connectez-vous, ou envoyez un jeton d’API dans "
        "`Authorization: Bearer`."
    ),
    "This was done before with the same key, and what it made is no longer for you to see. There is no need to "
    "send it again.": (
        "Cela a déjà été fait avec la même clé, et ce qui en est né n’est plus visible pour vous. Inutile de l’envoyer "
        "à nouveau."
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
    "Too many passwords are being checked at this moment. Try again in a few seconds.": (
        "Trop de mots de passe sont vérifiés en ce moment. Réessayez dans quelques secondes."
    ),
    "The disk of the server is full, nothing was stored. Try again once there is room.": (
        "Le disque du serveur est plein, rien n’a été enregistré. Réessayez quand il y aura de la place."
    ),
    "The database is busy, nothing was stored. Try again in a few seconds.": (
        "La base de données est occupée, rien n’a été enregistré. Réessayez dans quelques secondes."
    ),
    "The database cannot be reached at this moment. Try again in a few seconds.": (
        "La base de données est injoignable en ce moment. Réessayez dans quelques secondes."
    ),
    "A socket cannot sign in. Send `sessionCreate` as an HTTP request.": (
        "On ne se connecte pas par un socket. Envoyez `sessionCreate` dans une requête HTTP."
    ),
    "This request comes with an API token. Revoke the token with `apiTokenRevoke`.": (
        "Cette requête porte un jeton d’API. Révoquez-le avec `apiTokenRevoke`."
    ),
    "This document has more than {most} aliases, counted as its fragments are spread. Ask in several operations.": (
        "Ce document a plus de {most} alias, ses fragments étant développés. Demandez en plusieurs opérations."
    ),
    "This document has {count} operations and fragments; at most {most} are allowed. Send what you run alone.": (
        "Ce document contient {count} opérations et fragments ; {most} au plus sont possibles. N’envoyez que ce que "
        "vous exécutez."
    ),
    "This document is nested more than {most} levels deep. Ask in several operations.": (
        "Ce document est imbriqué sur plus de {most} niveaux. Demandez en plusieurs opérations."
    ),
    "This document is {depth} fields deep; at most {most} are allowed. Ask for the inner ones by their ids.": (
        "Ce document descend de {depth} champs ; {most} au plus sont possibles. Demandez les plus profonds par leurs "
        "identifiants."
    ),
    "This document asks for more than {most} things, counted as its fragments are spread and with every two fields "
    "of the same name. Ask for less at once.": (
        "Ce document demande plus de {most} choses, ses fragments étant développés et chaque paire de champs de même "
        "nom étant comptée. Demandez moins de choses à la fois."
    ),
    "This document reads more than {most} things of the schema. Ask for less of it at once.": (
        "Ce document lit plus de {most} éléments du schéma. Demandez-en moins à la fois."
    ),
    "A list has {count} values; at most {most} are taken at once. Send it in parts.": (
        "Une liste a {count} valeurs ; {most} au plus sont acceptées à la fois. Envoyez-la en plusieurs parties."
    ),
    "The variables bring more than {most} values, each counted as often as the document uses it. Send them in parts.": (
        "Les variables apportent plus de {most} valeurs, chacune comptée autant de fois que le document l’emploie. "
        "Envoyez-les en plusieurs parties."
    ),
}
