"""What English-speaking customers write. Gaps such as `{item}` are filled from `products` and the visit."""

from boucle.demo.words import Bank, Mood, Topic

CORES = {
    Topic.LATE: (
        "The {item} came {days} days late.",
        "Still waiting for order {order}, no update for {days} days.",
        "Delivery was promised for {weekday}. Nobody came and nobody called.",
        "Tracking has said “in transit” for {days} days now.",
        "I took a day off work for the {item} and {it} never turned up.",
    ),
    Topic.DAMAGED: (
        "The {item} arrived broken.",
        "Box torn open, the {item} scratched all along one side.",
        "Second {item}, second time damaged in transit.",
        "Hardly any padding around the {item}, so of course {it} cracked.",
        "The parcel was soaked and the {item} {is} ruined.",
    ),
    Topic.WRONG: (
        "I ordered the {item} and received something else entirely.",
        "Wrong colour: sage green on the order, grey in the box.",
        "You sent me somebody else’s parcel, with their address on it.",
        "The {item} {was} the wrong size, though order {order} is correct.",
    ),
    Topic.MISSING: (
        "The screws for the {item} were missing.",
        "Only one of two boxes arrived, so the {item} {is} in pieces in my hallway.",
        "No instructions and one leg short.",
        "Order {order} came with half the items missing.",
    ),
    Topic.CARRIER: (
        "The {carrier} driver left the {item} on the pavement in the rain.",
        "“Nobody at home”, says the note. I was in all day.",
        "{carrier} gave my parcel to a neighbour I have never met.",
        "The driver refused to bring the {item} upstairs although I had paid for it.",
    ),
    Topic.REFUND: (
        "Still no refund for the {item}, {days} days after the return.",
        "You owe me {amount} and have done for over a month.",
        "I asked for my money back and was offered a voucher.",
        "Only part of the refund arrived, no explanation given.",
    ),
    Topic.SITE: (
        "Checkout crashed {calls} times before it went through.",
        "My promo code never worked.",
        "Charged twice for order {order}.",
        "The basket emptied itself while I was typing my address.",
        "The English version of the site still shows half of it in French.",
    ),
    Topic.STOCK: (
        "The {item} showed as in stock, then the order was cancelled.",
        "Drove {minutes} minutes for the {item}, only to find an empty shelf.",
        "Half the shelves were empty and nobody knew when the {item} would be back.",
    ),
    Topic.PRICE: (
        "{amount} is far too much for what it is.",
        "The price at the till was not the price on the label.",
        "Paid full price for the {item}, half price a week later.",
    ),
    Topic.QUALITY: (
        "Paint already flaking off the {item}.",
        "The {item} {is} wobbly whatever I do.",
        "The {item} rusted after the first rain, so much for “weatherproof”.",
        "The fabric faded within a month.",
        "Pre-drilled holes in the wrong places.",
    ),
    Topic.QUEUE: (
        "{minutes} minutes at the till for one item.",
        "One till open on a Saturday afternoon.",
        "I put the {item} back and left, the queue was that long.",
    ),
    Topic.STAFF: (
        "Nobody in the {city} store could help us.",
        "The assistant had never heard of the {item}.",
        "Cold welcome in {city}, as if we were in the way.",
        "I was sent from one counter to another for {minutes} minutes.",
    ),
    Topic.COLLECT: (
        "“Ready for collection”, said the e-mail. It was not.",
        "Waited {minutes} minutes at the pick-up desk in {city}.",
        "Nobody could find my {item} in the back.",
    ),
    Topic.PHONE: (
        "{calls} calls, and I had to explain it all over again each time.",
        "On hold for {minutes} minutes, then cut off.",
        "No reply to any of my e-mails about the {item}.",
        "Somebody was meant to ring me on {weekday}. Nobody did.",
    ),
    Topic.REPAIR: (
        "The {item} {has} been away for repair for {days} days without a word.",
        "Guarantee refused after four months because of “wear”.",
        "Came back from repair with the same fault.",
    ),
    Topic.SPEED: (
        "Ordered on {weekday}, here two days later.",
        "Faster than promised.",
        "The {item} arrived right on time.",
    ),
    Topic.PACKAGING: ("Packed with care and no plastic.", "The {item} arrived without a scratch."),
    Topic.DRIVER: (
        "Lovely driver, he carried the {item} all the way in.",
        "Text message twenty minutes before, on the dot.",
        "Both delivery men were friendly and careful.",
    ),
    Topic.EASE: ("Easy to order, easy to track.", "Clear site, good photos.", "Ordering from abroad was no trouble."),
    Topic.CHOICE: (
        "Wonderful choice.",
        "Finally the {item} I had been looking for.",
        "Things nobody else has.",
    ),
    Topic.VALUE: ("Great value for the {item}.", "Fair prices and proper quality.", "Good deal with the loyalty card."),
    Topic.CRAFT: (
        "The {item} {is} even nicer than in the pictures.",
        "Beautifully made.",
        "Solid, simple, half an hour to assemble.",
    ),
    Topic.ADVICE: (
        "{who} was patient with my French and found just the right {item}.",
        "Good honest advice from {who}.",
        "Friendly team in {city}.",
    ),
    Topic.PLACE: ("Lovely store in {city}.", "Nice place to spend an hour.", "Well laid out, easy parking."),
    Topic.SOLVED: (
        "{who} sorted it out in one call.",
        "Answered the same day, in good English.",
        "Replacement {item} here within three days.",
        "Refunded in two days, no fuss.",
    ),
}

SEQUELS = {
    Topic.LATE: (
        "A short message would have been enough.",
        "You took the money on day one.",
        "Summer is over.",
    ),
    Topic.DAMAGED: ("Photos sent the same day, no reply.", "I want an exchange, not a voucher.", "What a waste."),
    Topic.WRONG: ("Apparently I have to pay for the return.", "It was a present.", "This is the second time."),
    Topic.MISSING: ("Two weeks for a bag of screws?", "I bought the parts myself in the end."),
    Topic.CARRIER: ("Please find another carrier.", "Their phone number just rings out."),
    Topic.REFUND: ("My bank confirms nothing is on its way.", "I only want what is mine."),
    Topic.SITE: ("Tried two browsers.", "I very nearly gave up.", "The error message explains nothing."),
    Topic.STOCK: ("Please keep the stock up to date.", "Another shop had {them} within the hour."),
    Topic.PRICE: ("I kept the receipt.", "The cashier could do nothing, she said."),
    Topic.QUALITY: ("My last one survived ten years.", "Not what I expect for {amount}.", "Pictures available."),
    Topic.QUEUE: ("Two people were chatting right beside it.", "Open another one, simple as that."),
    Topic.STAFF: ("The old team was wonderful.", "A hello costs nothing."),
    Topic.COLLECT: ("Why book at all?", "Three people looked for it."),
    Topic.PHONE: ("Please give us one person to talk to.", "If anyone reads this, ring me back."),
    Topic.REPAIR: ("Meanwhile I have nothing to use.", "The case number leads nowhere."),
    Topic.SPEED: ("Well done.", "Did not expect that."),
    Topic.PACKAGING: ("Thank you for that.", "You can tell somebody cared."),
    Topic.DRIVER: ("Please pass on my thanks.", "Makes all the difference."),
    Topic.EASE: ("Will order again.", "Even on my phone."),
    Topic.CHOICE: ("Came for one cushion, left with three.", "More, please."),
    Topic.VALUE: ("Told my sister already.", "Hard to beat."),
    Topic.CRAFT: ("Guests keep asking where it is from.", "I shall get a second one."),
    Topic.ADVICE: ("That is why I come to the store.", "Please tell her so."),
    Topic.PLACE: ("The coffee corner is a nice touch.", "Will be back on Sunday."),
    Topic.SOLVED: ("That is proper service.", "I was cross, I am not any more."),
}

MILD = {
    Topic.LATE: ("delivery took a week longer than announced", "the tracking was out of date"),
    Topic.DAMAGED: ("one corner of the box was dented", "there was a small scratch"),
    Topic.WRONG: ("the colour is a shade darker than on the site",),
    Topic.MISSING: ("two screws were missing, quickly sent on",),
    Topic.CARRIER: ("the delivery slot is far too wide", "the driver was in a hurry"),
    Topic.REFUND: ("returning things is a bit complicated",),
    Topic.SITE: (
        "the site is slow on a phone",
        "payment failed the first time",
        "parts of it are only in French",
    ),
    Topic.STOCK: ("the colour I wanted was sold out",),
    Topic.PRICE: ("postage is rather high", "prices have gone up a lot"),
    Topic.QUALITY: ("assembly takes patience", "time will tell how it lasts"),
    Topic.QUEUE: ("the queue was too long", "only one till was open"),
    Topic.STAFF: ("there were few people around to ask",),
    Topic.COLLECT: ("the pick-up point is badly signed",),
    Topic.PHONE: ("I had to call twice", "the wait on the phone is long"),
    Topic.REPAIR: ("the repair took its time",),
}

BANK = Bank(
    openings={
        Mood.ANGRY: ("Appalling.", "Never again.", "Very angry.", "Honestly shocking.", "Zero is too much."),
        Mood.UNHAPPY: (
            "Disappointed.",
            "Not your best.",
            "Usually fine, but…",
            "Hello.",
            "I expected better.",
        ),
        Mood.HAPPY: ("Delighted!", "Perfect.", "Lovely.", "Very pleased.", "As always, nothing to add."),
    },
    cores=CORES,
    sequels=SEQUELS,
    mild=MILD,
    bridges=("One small thing:", "However,", "The only snag:", "Not full marks because", "But"),
    closings={
        Mood.ANGRY: ("I want a reply this week.", "You have lost a customer.", "Give me my money back.", "Ring me."),
        Mood.UNHAPPY: ("I hope for a quick solution.", "Please look into it.", "A pity.", "Could someone call me?"),
        Mood.MIXED: ("Happy on the whole.", "Will come again anyway.", "Nothing serious."),
        Mood.HAPPY: ("Thank you!", "Recommended.", "See you soon.", "Keep it up.", "Ten out of ten."),
    },
    short={
        Mood.ANGRY: ("Terrible.", "Avoid.", "Rubbish service."),
        Mood.UNHAPPY: ("Disappointing.", "Could do better.", "Too slow."),
        Mood.MIXED: ("Fine.", "Good on the whole.", "All right.", "As expected.", "OK"),
        Mood.HAPPY: ("Perfect!", "Great", "All good.", "Excellent", "Very happy.", "Brilliant, thanks", "Top service."),
    },
)
