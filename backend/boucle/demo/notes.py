"""What people at work write: notes on tickets, words beside a change of hands, subjects of tickets by hand."""

from boucle.demo.words import Topic

LOOKING: dict[Topic, tuple[str, ...]] = {
    Topic.LATE: (
        "{carrier} appelé : colis bloqué à l’agence, nouvelle tournée prévue {weekday}.",
        "Suivi relancé auprès de {carrier}, réponse promise sous 24 h.",
        "Le colis a été rescanné ce matin, je surveille.",
        "Commande {order} : étiquette illisible au tri, réexpédition demandée à l’entrepôt.",
        "Client prévenu par mail du nouveau délai, il préfère attendre plutôt qu’annuler.",
    ),
    Topic.DAMAGED: (
        "Photos demandées par mail.",
        "Photos reçues, la casse est nette. Je lance l’échange {du}.",
        "Réserve notée sur le bon de livraison, dossier litige ouvert chez {carrier}.",
        "Stock vérifié : il en reste 4 à l’entrepôt, échange possible.",
    ),
    Topic.WRONG: (
        "Erreur de préparation confirmée par l’entrepôt.",
        "Étiquette retour envoyée, nouveau départ {du} dès le premier scan.",
        "Deux commandes croisées au quai {weekday}, j’ai appelé l’autre cliente aussi.",
    ),
    Topic.MISSING: (
        "Sachet de visserie commandé à l’atelier, départ {weekday}.",
        "Deuxième colis localisé chez {carrier}, il n’avait pas été scanné.",
        "Pièce n° 7 de la notice, en stock. J’envoie en lettre suivie.",
    ),
    Topic.CARRIER: (
        "Preuve de livraison demandée à {carrier}, la signature n’est pas celle du client.",
        "Réclamation transporteur déposée, je les tiens au téléphone demain matin.",
        "J’ai appelé le client : il accepte une nouvelle présentation {weekday}.",
        "Troisième plainte ce mois-ci sur cette tournée, je le remonte au transport.",
    ),
    Topic.REFUND: (
        "Retour bien reçu à l’entrepôt, remboursement de {amount} demandé à la compta.",
        "Le virement est parti sur une carte expirée, je demande un RIB.",
        "Frais de port oubliés dans l’avoir, je corrige.",
        "Compta relancée. Ils annoncent deux jours ouvrés.",
    ),
    Topic.SITE: (
        "Reproduit sur mon téléphone, transmis à l’équipe web.",
        "Double débit confirmé sur {order}, une des deux transactions est annulée.",
        "Code promo prolongé à la main sur le compte.",
        "Compte fidélité rattaché, les points sont revenus.",
    ),
    Topic.CANCELLED: (
        "Stock fantôme confirmé à l’entrepôt, {le} n’y {est} plus.",
        "Il en reste à {city}, je demande un envoi depuis le magasin.",
        "Remise de 10 % proposée sur un équivalent, j’attends sa réponse.",
        "Annulation automatique après trois jours sans picking, signalé à l’équipe web.",
    ),
    Topic.STOCK: (
        "Écart de stock confirmé, inventaire du rayon demandé.",
        "J’ai trouvé le même à {city}, transfert possible pour {weekday}.",
        "Réassort {du} prévu dans trois semaines, je propose une réservation.",
    ),
    Topic.PRICE: (
        "Étiquette pas à jour dans le rayon, c’est corrigé.",
        "Écart de prix vérifié sur le ticket, la différence est due.",
        "Je regarde si la promotion peut s’appliquer après coup.",
    ),
    Topic.QUALITY: (
        "Défaut connu sur ce lot, voir la note de la qualité.",
        "J’ai demandé une photo des finitions {du}.",
        "Vu avec la chef de produit : échange ou remboursement, au choix du client.",
        "Transmis à la qualité, lot à vérifier.",
    ),
    Topic.QUEUE: (
        "Vu avec la responsable de caisse, deux absents ce jour-là.",
        "Planning du samedi à revoir, je l’ai mis à l’ordre du jour.",
        "J’ai appelé pour m’excuser, échange cordial.",
    ),
    Topic.STAFF: (
        "J’en parle avec l’équipe demain au brief.",
        "Le conseiller concerné a été reçu, il s’excuse.",
        "J’ai laissé un message vocal, je rappelle en fin de journée.",
    ),
    Topic.COLLECT: (
        "Commande préparée mais rangée au mauvais emplacement.",
        "Panneau de retrait déplacé, merci à l’équipe {of_city}.",
        "Le mail part avant la fin de la préparation, signalé à l’équipe web.",
    ),
    Topic.PHONE: (
        "J’ai relu tout l’historique : trois dossiers pour la même demande, je les regroupe.",
        "Je deviens son seul interlocuteur, ligne directe donnée.",
        "Appelé deux fois, pas de réponse. Je réessaie {weekday}.",
        "Rappel effectué, elle était surprise en bien.",
    ),
    Topic.REPAIR: (
        "Atelier relancé, la pièce arrive {weekday}.",
        "Garantie acceptée après vérification de la date d’achat.",
        "Prêt d’un appareil proposé en attendant.",
        "Le fabricant reconnaît la panne, échange à neuf demandé.",
    ),
}
SOLVING: dict[Topic, tuple[str, ...]] = {
    Topic.LATE: ("Livré ce jour, client appelé : content que quelqu’un l’ait fait.", "Reçu. Bon de 10 € en excuse."),
    Topic.DAMAGED: ("Échange livré et vérifié à la porte.", "Remise de 30 % acceptée, le client garde le produit."),
    Topic.WRONG: ("Le bon article est arrivé, retour gratuit enlevé.", "Échange terminé, frais remboursés."),
    Topic.MISSING: ("Pièces reçues, montage terminé.", "Second colis livré, la cliente confirme."),
    Topic.CARRIER: ("Nouvelle livraison faite avec montée à l’étage.", "Excuses faites, forfait livraison remboursé."),
    Topic.REFUND: ("Virement de {amount} confirmé par la compta.", "Remboursé en totalité, preuve envoyée par mail."),
    Topic.SITE: ("Corrigé en production, cliente prévenue.", "Second débit annulé, visible sur son compte."),
    Topic.CANCELLED: ("Envoyé depuis un magasin, bien reçu.", "Équivalent accepté, différence offerte."),
    Topic.STOCK: ("Transfert arrivé, le client est venu le chercher.", "Réservation faite sur le prochain arrivage."),
    Topic.PRICE: ("Différence remboursée en caisse.", "Geste de 15 € sur la carte fidélité."),
    Topic.QUALITY: ("Remplacé par le nouveau lot, sans retour.", "Remboursé, lot retiré de la vente."),
    Topic.QUEUE: ("Excuses acceptées, bon d’achat de 10 € envoyé.", "Troisième caisse ouverte le samedi dès 14 h."),
    Topic.STAFF: (
        "Appel de la directrice, cliente touchée.",
        "Invitation à l’atelier du mois envoyée.",
    ),
    Topic.COLLECT: ("Commande remise en main propre avec un café.", "Geste commercial accepté."),
    Topic.PHONE: ("Tout est repris et réglé en un appel.", "Dossier soldé, confirmation écrite envoyée."),
    Topic.REPAIR: ("Réparé et rendu, essayé devant la cliente.", "Échange à neuf livré, ancien repris."),
}
ANYTHING = (
    "Message vocal laissé.",
    "Mail envoyé, j’attends son retour.",
    "Appelé, mauvais moment, je rappelle à 17 h.",
    "Vu avec l’entrepôt, on avance.",
    "Client fidèle depuis 2018, à soigner.",
    "Il demande un écrit, je prépare la réponse.",
    "Rien de neuf, je relance demain.",
    "Très aimable au téléphone malgré tout.",
    "Attention, deuxième dossier en deux mois.",
    "Voir aussi sa réponse précédente, même sujet.",
)
ENGLISH = (
    "Called, left a message.",
    "Customer prefers e-mail, wrote in English.",
    "Warehouse confirms, on its way {weekday}.",
    "Asked {carrier} for proof of delivery.",
    "Refund of {amount} requested.",
    "Waiting for photos of the {item}.",
    "Apologised on the phone, she took it well.",
    "Second contact this month, let us get it right.",
)
ENGLISH_SOLVING = (
    "Sorted, customer confirmed by e-mail.",
    "Refunded in full, receipt sent.",
    "Replacement {item} delivered and checked.",
    "Voucher accepted, all good.",
)
HANDING_OVER = (
    "Tu connais ce dossier mieux que moi.",
    "Peux-tu le prendre aujourd’hui ?",
    "C’est pour ton magasin.",
    "À rappeler avant midi si possible.",
    "Je te le confie, merci !",
)
STANDING_IN = (
    "{name} est en congé, je te confie ce dossier.",
    "À reprendre pendant l’absence de {name}.",
    "{name} n’est pas là cette semaine, peux-tu prendre le relais ?",
)
ESCALATING = (
    "Le client menace de saisir le médiateur, je préfère passer la main.",
    "Montant trop élevé pour moi, il faut un accord.",
    "Troisième échange sans issue, besoin d’un responsable.",
    "Demande explicite de parler à un responsable.",
    "Avis public déjà posté, à traiter en priorité.",
    "Je n’ai plus de marge de manœuvre, merci de trancher.",
)
REOPENING = (
    "Le client a rappelé : le problème est revenu.",
    "Le remboursement n’est finalement pas arrivé, je reprends.",
    "Rouvert : la pièce envoyée n’était pas la bonne.",
)
BY_HAND = (
    ("Appel : demande de facture au nom de l’entreprise", "J’ai besoin d’une facture avec TVA pour mon comptable."),
    ("Appel : modification d’adresse avant expédition", "Nous déménageons vendredi, livrez à la nouvelle adresse."),
    ("Courrier : réclamation sur un montage à domicile", "Les monteurs sont partis sans fixer l’étagère au mur."),
    ("Réseaux sociaux : photo d’un colis abandonné", "Voilà comment on retrouve son colis chez Maison Ormelle…"),
    ("En magasin : objet perdu près des caisses", "J’ai oublié une écharpe bleue samedi après-midi."),
    ("Appel : carte fidélité non reconnue", "La caissière n’a pas trouvé mon compte, je perds mes points."),
    ("En magasin : retour sans ticket", "C’était un cadeau, je n’ai pas le ticket de caisse."),
    ("Mail : devis pour un hôtel, 24 chambres", "Nous rénovons et aimerions 24 lampes et autant de miroirs."),
    ("Appel : retard de livraison signalé par le voisin", "Le camion est passé sans s’arrêter, je l’ai vu."),
    ("Avis public : une étoile, à rappeler", "Jamais vu un service pareil, passez votre chemin."),
    ("Chat : question sur la garantie d’une tondeuse", "Elle ne démarre plus, ai-je encore droit à la garantie ?"),
    ("Appel : remerciements à transmettre à l’équipe", "Votre vendeuse a été formidable, dites-le-lui."),
)
