# ruff: noqa: E501  (one thing that is looked for a line; cut up, they could not be read)
"""The words of :mod:`server.context.distress`: one pattern for each thing that is looked for, over lowered sentences.

Gaps are bounded, so that reading stays linear. Add words with a case in ``tests/server/context/crisis.jsonl``, and with the
words that its sign needs: most paragraphs hold none of them, and are passed without a search.
"""

from __future__ import annotations

import re

from server.context.signs import make_sign

_GAP = r"(?:\W+[\w']+){0,6}?\W+"
_SELF_DEATH = (
    r"(?:die|be dead|be gone|be alive|live|be here|exist|wake up|kill myself|hang myself|end (?:it(?! with)|it all|things"
    r"|my (?:own )?life)|take my (?:own )?life|disappear (?:for ever|forever)|go to sleep and never wake)"
)
# What is swallowed, and where a sentence or clause ends.
_PILLS = (
    r"(?:pills?|tablets?|capsules?|meds|medicines?|medications?|painkillers?|sleepers|paracetamol|acetaminophen|tylenol|ibuprofen|aspirin"
    r"|co-?codamol|codeine|tramadol|morphine|oxy\w*|methadone|insulin|diazepam|valium|xanax|zopiclone|benzos?|antidepressants?|doses?)"
)
_PACKETS = rf"packets?(?: of {_PILLS}\b|(?! of\b))"
_END = r"\s*(?:[^\w\s]|$)"
_PAPERS = r"(?:bills|papers|passwords|keys|insurance|funeral|affairs|(?:my|the) will)"
_TIDY = r"(?:in order\b(?! (?:to|that|for)\b)|labelled\b)"
_THAN_I = r"than i (?:needed|should|was (?:meant|supposed)|am (?:meant|supposed))\b"

# Said without anybody meaning it. They are taken out before anything else is looked for.
FIGURES = re.compile(
    r"\b(?:political|career|commercial|social|economic|financial|electoral|professional|brand) suicide\b"
    r"|\bsuicide (?:genes?|gene therapy|substrates?|inhibit\w+|squad|squeeze|sprints?|missions?|doors?|bomb\w*|inactivat\w+)\b"
    r"|\b(?:run|ran|running|did|do) suicides\b"
    r"|\bkill(?:ed|ing)? (?:myself|himself|herself|themselves) (?:laughing|with laughter)\b"
    r"|\b(?:die|died|dying|dead|want(?:ed)? to die) (?:of|from|with) (?:laughter|laughing|embarrassment|shame|boredom"
    r"|curiosity|happiness|cringe|cuteness)\b"
    r"|\bto die for\b|\b(?:dying|dead) to (?:see|know|try|hear|meet|get)\b|\brather die than\b|\bdie hard\b|\bdie happy\b"
    r"|\bend it(?: all)? with an?\b"
    r"|\b(?:an )?overdos\w+ (?:of|on) (?:sun\w*|cute\w*|glitter|tinsel|chocolate|cheese|cake|sugar|nostalgia|christmas|kindness"
    r"|colour|color|pink|joy|love|puppies|kittens|carbs|coffee|news|television|tv|football)\b"
    r"|\b(?:cut|cutting|hurt|hurting) myself (?:on|with|shaving|cooking|lifting|running|at|some|off|a|an|in the|playing"
    r"|falling|slicing|chopping)\b"
    r"|\b(?:phone|battery|laptop|car|plant|engine|internet|wi-?fi)s? (?:wants?|decided|seems?) to die\b"
    r"|\b(?:coffee|caffeine|sugar|chocolate|netflix|holiday|social media|carb) withdrawals?\b"
)
# Taken out too, unless the sentence has a word of TAKEN: then it was no figure.
THOUGHT = re.compile(r"\b(?:literally |honestly |really )?thought i was (?:dying|going to die|having a heart attack)\b")
TAKEN = re.compile(rf"\b(?:{_PILLS}|overdos\w*|od'?d)\b")
# Words that a helper lends somebody to say, asked for outright and before anybody speaks of themselves. From "I" on, or
# "me", a sentence is the group, and is kept: what such a person says is their own.
LENT = re.compile(
    r"(\b(?:i|im|ive|me|we)\b.*)"
    r"|(?:(?:^|[,;:.(\u2013\u2014-]|\b(?:and|or|you (?:can|could|might|may))\b)\W*(?:(?:just|then|please) ){0,2}say"
    r"|(?<!to )\b(?:(?:just|then|please) say|tell (?:them|her|him)|use the words))"
    r",? [\"\u201c][^\"\u201d]{0,160}[\"\u201d]",
    re.DOTALL,
)
_DEATH = "die dead gone alive live here exist wake myself end life disappear born dying ending jumping suicide"
# A person speaks of themselves.
SELF = (
    make_sign(
        rf"\b(?:i|i'm|im|i've|ive|i'd|i'll|just)\b{_GAP}?(?:want(?:ed)?|wanna|wish|going|gonna|need|ready|rather|planning|plan|thinking"
        rf"|think|feel like|thoughts?|longing|hope|keep)\b{_GAP}?(?:to |of |about )?(?:i was dead|i were dead|i had never been born"
        rf"|i'd never been born|{_SELF_DEATH}|dying|killing myself|ending (?:it(?: all)?|things|my (?:own )?life)|taking my (?:own )?life"
        r"|jumping|hanging myself|suicide)\b",
        "i im ive just",
        _DEATH,
    ),
    make_sign(
        rf"\b(?:don't|dont|do not|can't|cannot|no longer|never)(?: even)? (?:want|wish|wanna)(?: to)? {_SELF_DEATH}\b(?! to | in | on | at)",
        "want wish wanna",
        _DEATH,
    ),
    make_sign(
        r"\b(?:don't|dont|do not|can't) see (?:the|any|a) (?:point|reason|future)\b.{0,30}\b(?:here|living|alive|life|going on|anymore)\b",
        "see",
        "point reason future",
    ),
    make_sign(
        r"^\W*(?:i )?(?:just )?(?:want|wanna) to (?:die|end it all|disappear forever)\b",
        "want wanna",
        "die end disappear",
    ),
    make_sign(r"\b(?:i'm|i am|i feel|feeling|been|i've felt|i'm feeling) (?:\w+ )?suicidal\b", "suicidal"),
    make_sign(r"\b(?:kill(?:ing)?|hang(?:ing)?|harm(?:ing)?|hurt(?:ing)?|cut(?:ting)?) myself\b", "myself"),
    make_sign(r"\bi(?:'ve| have)?(?: \w+){0,2} self[- ]?harm\w*|\bmy self[- ]?harm\b", stem="self"),
    make_sign(r"\bi(?:'ve| have) been (?:cutting|burning)(?: myself)?(?: again)?\s*(?:[.,!?]|$)", "cutting burning"),
    make_sign(
        r"\b(?:can't|cant|cannot) (?:go on|do this any ?more|take (?:it|this(?: \w+)?) (?:any ?more|any longer))\b",
        "t cant cannot",
        "go any anymore",
    ),
    make_sign(
        r"\bno reason (?:for me )?(?:left )?to (?:live|be here|go on)\b|\bnothing (?:left )?to live for\b",
        "reason nothing",
        "live be go",
    ),
    make_sign(r"\b(?:better off|happier|easier|be fine) without me\b", "without", "me"),
    make_sign(r"\bonly a burden\b|\ba burden (?:to|on) (?:everyone|everybody|my|them)\b", "burden"),
    make_sign(
        r"\b(?:my )?life (?:is|isn't|is not|feels)(?: not)? worth (?:living|it)\b(?<!is worth living)(?<!is worth it)"
        r"|\b(?:my|this) life (?:isn't|is not) worth\b",
        "life",
        "worth",
    ),
    make_sign(
        r"\bnot (?:be able to )?wak(?:e|ing) up (?:tomorrow|again|any ?more|in the morning)\b|\bangry that i woke up\b",
        "wake waking woke",
    ),
    make_sign(
        r"\bi(?:'m| am) (?:not safe|scared of myself|a danger to myself|afraid of what i)\b|\bscared of myself\b",
        "safe scared danger afraid",
    ),
    make_sign(
        r"\bi(?:'ve| have)? (?:just )?(?:took|taken|swallowed)\b.{0,30}\b(?:whole (?:pack|packet|box|bottle)|too many|way more|all (?:of )?my"
        r"|all the|handful|every (?:pill|tablet))\b.{0,50}",
        "i",
        "took taken swallowed",
    ),
    make_sign(
        r"\bi(?: think i)?(?:'ve| have)? (?:just )?overdosed\b|\bi think i(?:'m| am) overdosing\b",
        "overdosed overdosing",
    ),
)
# Without any of these words: goodbyes, affairs put in order, being a burden, means at hand. The warning signs are those of
# NHS, Help for suicidal thoughts, and of the International Association for Suicide Prevention; the words are our own.
_PAPER = "bills papers passwords keys insurance funeral affairs will"
QUIET = (
    make_sign(
        r"\b(?:letters?|goodbyes?) (?:is|are|were) (?:all )?(?:written|done|sealed)\b",
        "letter letters goodbye goodbyes",
        "written done sealed",
    ),
    make_sign(
        r"\b(?:i(?:'ve| have)?|just) (?:written|wrote|been writing|finished)\b.{0,30}\b(?:letters?|notes?)\b.{0,20}\b(?:to|for) (?:my|the|each)\b",
        "letter letters note notes",
        "written wrote writing finished",
    ),
    make_sign(r"\b(?:said|saying|say) (?:my|our) goodbyes?\b|\bthis is (?:me saying )?goodbye\b", "goodbye goodbyes"),
    make_sign(r"\bwanted you (?:all )?to know (?:that )?before\b", "wanted", "before"),
    make_sign(r"\b(?:made|making) (?:my )?peace with (?:it|going|dying|leaving)\b", "peace"),
    make_sign(r"\bsorry for everything\b", "sorry", "everything"),
    # One paper in order is a tidy desk; two, or one's affairs, are a farewell.
    make_sign(
        rf"\b{_PAPERS}\b.{{0,60}}\b{_PAPERS}\b.{{0,60}}\b{_TIDY}|\b(?:affairs|funeral|my will)\b.{{0,60}}\b{_TIDY}",
        "order labelled",
        _PAPER,
    ),
    make_sign(
        rf"\b{_PAPERS}\b.{{0,60}}\bso (?:nobody|no one|no-one|they|she|he) (?:has|have|won't have|will have|needs?)\b",
        _PAPER,
        "so",
        "nobody no they she he",
    ),
    make_sign(
        r"\b(?:please|someone|somebody|who will) (?:look after|take care of|feed|have) (?:my|the) (?:cat|dog|kids|girls|boys)\b.{0,40}\b(?:gone|after me|without me|when i'm)\b",
        "cat dog kids girls boys",
        "gone after without when",
    ),
    make_sign(r"\b(?:some|any|every)(?:body|one)(?:'s|s')? (?:chore|burden)\b", "chore burden"),
    make_sign(r"\btired of being (?:alive|here|me|a burden)\b", "tired", "being"),
    make_sign(
        r"\b(?:keep|kept|been) thinking (?:about |of )?(?:how|what|that)\b.{0,60}\b(?:simpler|quiet|kinder|peaceful|relief)\b"
        r"|\b(?:keep|kept|been) thinking\b.{0,60}\b(?:(?:easier|better)\b.{0,60}\b(?:without me|if i)|(?:without me|if i)\b.{0,60}\b(?:easier|better))\b",
        "thinking",
        "keep kept been",
    ),
    make_sign(
        r"\bhow (?:quiet|peaceful|easy|simple|nice) (?:it|things|everything) would be if i\b", "how", "would", "if"
    ),
    make_sign(
        r"\b(?:nobody|no one|no-one|none of them) would (?:even )?(?:miss me\b|care if i\b|notice(?: (?:(?:if|that|when) )?(?:i|me)\b|\W*$))",
        "nobody one none",
        "would",
        "miss care notice",
    ),
    make_sign(rf"\b(?:i|just|really) (?:just )?(?:can't|cant|cannot) any ?more{_END}", "t cant cannot", "any anymore"),
    make_sign(
        r"\b(?:can't|cant|cannot) do another (?:day|night|week|month|year|winter) of (?:being|this)\b",
        "t cant cannot",
        "another",
    ),
    make_sign(
        rf"\b(?:took|taken|take) more (?:of )?(?:\w+ )?{_PILLS} {_THAN_I}"
        rf"|\b(?:took|taken|take) more (?:of (?:it|them) )?{_THAN_I}.{{0,60}}\b{_PILLS}\b"
        rf"|\b{_PILLS}\b.{{0,60}}\b(?:took|taken|take) more (?:of (?:it|them) )?{_THAN_I}",
        "took taken take",
        "more",
        "than",
        "i",
    ),
    make_sign(
        rf"\b(?:keep|kept|been|sat|sitting|just) (?:looking|staring|counting|lining up)\b.{{0,40}}\b(?:cupboard|cabinet|pills|tablets|{_PACKETS}|bridge|platform|blades?|insulin)\b"
        rf"|\b(?:cupboard|cabinet|pills|tablets|{_PACKETS}|blades?)\b.{{0,60}}\bkeep (?:looking at|going back to|counting|thinking about)\b",
        "looking staring counting lining going thinking",
        "cupboard cabinet pills tablets packet packets bridge platform blade blades insulin",
    ),
    make_sign(
        r"\b(?:saved|saving|stored|put by|hoarded|lined) (?:up|by|out)? ?(?:my|the|all my|enough) (?:pills|tablets|meds|insulin)\b",
        "pills tablets meds insulin",
        "saved saving stored put hoarded lined",
    ),
    make_sign(r"\b(?:don't|dont|do not) know (?:that )?i won't\b", "know", "won"),
    make_sign(
        rf"\b(?:don't|dont|do not) trust myself(?: (?:tonight|today|right now|any ?more|alone|on my own|with the night))?{_END}",
        "trust",
        "myself",
    ),
    make_sign(r"\bwanted (?:some(?:one|body)|you) to know (?:that )?i (?:did try|tried|was here)\b", "wanted", "know"),
)
# The body in withdrawal, told in two sentences: it ran out, and this is what it does.
RAN_OUT = make_sign(
    r"\b(?:ran out|run out|last (?:drink|dose|pill|tablet)|stopped drinking|cold turkey|not had (?:a drink|any)|came off|haven't had (?:a drink|any))\b",
    "ran run last stopped cold drink any came",
)
BODY_FAILS = make_sign(
    r"\bshaking so\b|\b(?:can't|cant) stop (?:shaking|sweating|being sick)\b|\b(?:haven't|havent|not) slept (?:at all|in|for|since)\b.{0,60}\b(?:shak|sweat|soak|sick)"
    r"|\bsoaked through\b|\bseeing things\b(?! (?:like|such as|from|differently|clearly|through)\b)|\bthings moving\b|\bheart (?:is )?(?:racing|pounding) and\b.{0,30}\b(?:shak|sweat)",
    "shaking sweating sick slept soaked seeing moving racing pounding",
)
# Severe withdrawal: the body fails. It counts where the writer speaks of themselves.
ME = re.compile(r"\b(?:i|i'm|i've|im|ive|me|my)\b")
_STOPPED = r"\b(?:stopped|quit|came off|off|without|withdrawals?|cold turkey|detox\w*)\b.{0,90}\b"
WITHDRAWAL = (
    make_sign(
        rf"{_STOPPED}(?:seizures?|fits?|seeing things|spiders|hear(?:ing)? voices"
        r"|can't (?:stop (?:shaking|vomiting|throwing up)|keep water))\b",
        "seizure seizures fit fits seeing spiders hear hearing stop keep",
    ),
    make_sign(rf"{_STOPPED}hallucinat\w+", stem="hallucinat"),
)
# Somebody tells of another; these words need nobody else in the block.
_WHO = (
    r"(?:my|our) (?:best |old |little |big |younger |older )?(?:friend|mate|son|daughter|kid|child|brother|sister|mum|mom|mother|dad|father|wife"
    r"|husband|partner|girlfriend|boyfriend|flatmate|roommate|housemate|cousin|uncle|aunt|nan|gran\w*|neighbour|neighbor|colleague"
    r"|student|pupil|ex|stepson|stepdaughter|nephew|niece|patient|teacher)"
)
PERSON = re.compile(rf"\b(?:{_WHO}|dad|mum|mom|nan|he|she|they)\b")
OTHERS_WORDS = make_sign(
    rf"\b(?:{_WHO}|he|she)\b.{{0,60}}\b(?:wants? to (?:die|kill (?:him|her|them)sel(?:f|ves)|end (?:it all|(?:his|her|their) life))"
    r"|talk(?:s|ing|ed)? about (?:suicide|dying|ending)|is suicidal|feels? suicidal|rather be dead|wish(?:es)? (?:he|she|they) (?:was|were) dead"
    r"|(?:is )?(?:cutting|harming|hurting) (?:him|her|them)sel(?:f|ves)|tried to (?:kill|hang) (?:him|her|them)sel(?:f|ves)"
    r"|better off without (?:him|her|them))\b",
    "die kill end suicide dying ending suicidal dead cutting harming hurting hang without",
    "wants want talk talks talking talked suicidal rather wish wishes cutting harming hurting tried better",
)
# Signs that count when a person stands in the same block.
OTHERS_SIGNS = (
    make_sign(r"\b(?:won't|doesn't|can't|not|isn't) (?:wake|waking) up\b", "wake waking"),
    make_sign(r"\blips (?:are|went|have gone) blue\b", "lips"),
    make_sign(r"\b(?:isn't|not|stopped) breathing\b", "breathing"),
    make_sign(
        r"\bgiv(?:es|ing|en) (?:away )?(?:all )?(?:his|her|their) (?:things|stuff|[\w]+)(?: away)\b",
        "gives giving given",
        "away",
    ),
    make_sign(r"\bgo(?:ne|ing)? and be with (?:mum|mom|dad|him|her|them|god)\b", "go gone going", "with"),
    make_sign(r"\b(?:can't|doesn't|cannot) see a future\b", "future"),
    make_sign(r"\bposted (?:a )?goodbye|\bsaid goodbye to (?:everyone|us all)\b", stem="goodbye"),
    make_sign(r"\bwon't need (?:them|it|anything)\b", "won", "need"),
    make_sign(r"\b(?:having|had|has had) a (?:fit|seizure)\b", "fit seizure"),
    make_sign(
        r"\b(?:took|taken|swallowed)\b.{0,30}\b(?:pills|tablets|overdose)\b",
        "took taken swallowed",
        "pills tablets overdose",
    ),
    make_sign(r"\b(?:he|she|they)(?:'s| is| are|'re) (?:cutting|harming) (?:him|her|them)sel", "cutting harming"),
)
# "I wanted to die, until I found these drops": told as a thing of the past, to sell or to cheer.
TESTIMONIAL = re.compile(
    r"\b(?:wanted to die|was suicidal|wanted to end it)\b.{0,80}\b(?:until|till|before|but then|then i (?:found|tried)|changed my life)\b"
)
# What a page may be about.
SUBJECT = (
    make_sign(r"\bsuicid(?:e|es|al|ality)\b", stem="suicid"),
    make_sign(r"\bself[- ](?:harm\w*|injur\w+)\b", "self"),
    make_sign(
        r"\bkill(?:ed|ing|s)? (?:him|her|them)sel(?:f|ves)\b",
        "himself himselves herself herselves themself themselves",
        "kill killed killing kills",
    ),
    make_sign(r"\boverdos\w+", stem="overdos"),
    make_sign(r"\bdelirium tremens\b", "delirium"),
    make_sign(
        r"\b(?:alcohol|opioid|opiate|benzo\w*|heroin|xanax|antidepressant|fentanyl|drug|severe|acute) withdrawal\b"
        r"|\bwithdrawal (?:seizures?|syndrome|symptoms)\b",
        "withdrawal",
    ),
    make_sign(r"\btook (?:his|her|their) own (?:life|lives)\b", "took", "own"),
)
