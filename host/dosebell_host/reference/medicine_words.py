"""Words that stand beside the name of a medicine and name none: forms, salts, makers, strengths.

What is here is no other medicine; a word that is not here and no name may be one.

How and when a thing is taken stands beside its name, too, and some of those words are names of
something else: A.T. 10 is a brand, a water tablet a diuretic, and one for the stomach an antacid.
So `at 10` and `with a glass of water` are taken out. What a thing is, or is for, stays.
"""

import re
from collections.abc import Iterable
from functools import cache

# A mineral by its bare name: swallowed for itself, or the salt of another medicine.
BARE_MINERALS = {
    "calcium": "calcium calcio kalzium kalcium kalsium kalk calcica calcique calcico calciu"
    " kalsiyum kalcij kaltsii wapn vapnik asvestio",
    "magnesium": "magnesium magnesio magnezium magnezyum magnesico magnesica magnesique mag"
    " magneziu magnez horcik magnii magnisio",
    "iron": "iron eisen fer ferro ferrum hierro ijzer jern jarn zelazo ferrous ferric zelezo"
    " zhelezo rauta demir fier sidiros",
    "zinc": "zinc zink zinco cinc cynk sink cink cinko zinek sinkki tsink",
}
# With one of these behind it, it is a mineral that is swallowed for itself.
_MINERAL_SALTS = """

acetate ascorbate aspartate bisglycinate carbonate chelate chelated chloride citrate complex
diglycinate fumarate gluconate glycerophosphate glycinate hydroxide komplex lactate
lactogluconate malate orotate oxide
phosphate picolinate pidolate polymaltose polysaccharide sulfate sulphate taurate threonate
succinate

"""
# Acids and bases that other medicines are the salts of, and their crystal water.
_OTHER_SALTS = """

anhydrous arginine axetil besilate besylate bromide butylbromide cilexetil dihydrate
dihydrochloride disodium edisylate erbumine etexilate hcl hemihydrate hemimagnesium hydrobromide
hydrochloride maleate medoxomil mesilate mesylate mofetil monohydrate nitrate oxalate phosphate
pivoxil potassium propionate salt sesquihydrate sodium tartrate tosilate trihydrate trometamol
natrium kalium sodica sodico sodique potasico potassique hydrat

"""
_FORMS = """

tablet tab tabs pill capsule cap caps caplet softgel gelcap gummy gummies lozenge sachet powder
granules syrup liquid solution suspension elixir drop drops spray patch cream ointment gel lotion
foam injection infusion inhaler pen syringe suppository pessary enema chewable chew effervescent
soluble dispersible orodispersible melt film coated gastro resistant enteric delayed extended
prolonged modified sustained slow release immediate sr xr er mr la xl retard depot long acting
oral mouth eye ear nose nasal skin topical iv im tablette tabletten filmtablette filmtabletten
kapsel kapseln hartkapseln weichkapseln brausetablette brausetabletten kautablette kautabletten
retardtabletten schmelztabletten dragee dragees pulver beutel saft tropfen creme salbe spritze
pflaster zapfchen magensaftresistent losung comprime comprimes gelule gelules cachet buvable sirop
gouttes pellicule secable pommade collyre comprimido comprimidos capsula capsulas jarabe sobre
sobres gotas crema pomada colirio compressa compresse capsule bustina bustine sciroppo gocce
rivestite effervescenti tabletki kapsulki krople masc tablett tabletter kapslar kapsler tabletit
tablety pastilla pastillas pastiglia pastiglie pillola pillole pastylka tabletka pilula pilulas hap
hapi kapli damla maz ukol remedio rimedio tabl

"""
_STRENGTHS = """

mg mcg ug g gram grams ml l iu ie ui units unit u micrograms microgram milligrams percent mmol
strength high low dose dosis once twice three times daily day days week weekly month monthly every
each per in at on od hour hours bd tds prn morning evening night bedtime noon midday am pm after
before with without food water breakfast lunch dinner meal meals half quarter one two morgens
abends mittags nachts taglich woche matin soir jour jours semaine dia semana manana noche giorno
settimana

"""
_TALK = """

a an the of for my and or to i take taking takes by from as only usually sometimes still now since
longer stopped para
medicine medicines medication medicament medikament drug prescription prescribed rx otc brand
generic usp bp ph eur ep jp please same new old small big strong weak low mini mite minor junior
adult adults der die das fur und oder mit von le la les un une de du des et el los las y o con il
lo per e di forte max maximum extra plus double ultra super advanced advance complex complete
active rapid fast express original classic pure natural gentle easy care health vitamin vitamins
vit vitamina vitamine folic folate acid ascorbic biotin selenium omega
meds digital

"""
# Words and first names that are a letter or two away from a name of warfarin and its kin: the
# collagen is "marine", and Karin has a birthday.
_NO_ANTAGONISTS = """

marine marina marino marinus karin karina carin carina carlin warner farina kumari pheline

"""
_MAKERS = """

sandoz hexal ratiopharm stada teva zentiva aristo heumann krka mylan viatris accord aurobindo
actavis ct al abz tad verla diasporal doppelherz abtei tetesept dm rossmann mivolis altapharma
taxofit bio now solgar thorne made bounty nature natures kirkland holland barrett boots
vitabiotics swisse blackmores jarrow doctors doctor best life extension encapsulations bayer
pfizer gsk sanofi novartis cinfa normon kern biogaran arrow eg cristers almus tiefenbacher dura
basics beta net axcount puren winthrop lindopharm hermes pharma lab labs holsten glenmark sun
cipla lupin dr reddys torrent zydus merck msd takeda roche abbott lilly astrazeneca orion ranbaxy
apo taro novo wockhardt crescent milpharm bristol relonchem tillomed rosemont chiesi servier
menarini recordati angelini zambon alfasigma doc pensa ranbax myprotein optibac garden wild
country nutrition source naturals metagenics webber jamieson trunature equate cvs walgreens rexall
finest seeking vitalize sundown spring valley lamberts biocare cytoplan viridian higher quest
vitamins supplements

"""

# Whoever writes one of these in front of a name, or "free" behind it, does not take it.
DENYING = frozenset(
    """no not never non without kein keine keinen nicht ohne pas sans sin senza sem zonder geen
    niet utan uden uten inte bez ilman""".split()
)
_BEHIND_DENYING = frozenset(
    "a an any the on longer taking or nor ein eine un une una de of from with mit avec con".split()
)
_FREE = frozenset("free frei vrij fri".split())
# It is to be kept away from it, which says as well that it is not in it.
KEPT_AWAY = frozenset("minus away before after".split())


def is_denied(words: list[str], first: int, end: int, denying: frozenset[str] = DENYING) -> bool:
    """Whether words deny the name from `first` to `end`: `not warfarin`, `zinc-free`."""
    place = first - 1
    while place >= 0 and words[place] in _BEHIND_DENYING:
        place -= 1
    return (place >= 0 and words[place] in denying) or bool(
        _FREE.intersection(words[end : end + 1])
    )


# Beside one of these it is an appointment, or something to measure, and no tablet.
_NOT_SWALLOWED = frozenset(
    """test tests check checks clinic appointment visit stockings kontrolle termin messen measure
    measuring measurement reading readings monitor monitoring diary kontrollieren mesurer mesure
    medir misurare meten mierzyc zmierzyc""".split()
)
_ENDS_NOT_SWALLOWED = ("kontrolle", "messung", "termin", "test", "tagebuch")


def is_no_intake(words: Iterable[str]) -> bool:
    """Whether the words are of an appointment, or of something to measure: `INR check`."""
    return any(word in _NOT_SWALLOWED or word.endswith(_ENDS_NOT_SWALLOWED) for word in words)


# What is homoeopathic holds nothing that could be counted. From D4 on the potency tells; the D3 of
# a plant is no vitamin, and `Ginkgo D3` may have one.
_POTENCIES = frozenset("d4 d6 d8 d12 d30 c6 c9 c12 c15 c30 c200".split())
_LOW_POTENCIES = frozenset("d1 d2 d3 d5 d10 d15 d20".split())
_REMEDIES = frozenset(
    """aconitum aesculus agnus apis arnica baptisia belladonna berberis bryonia cactus calendula
    cantharis carduus chamomilla chelidonium cinnabaris colocynthis crataegus dioscorea drosera
    dulcamara eupatorium euphrasia galphimia gelsemium graphites guajacum haplopappus hydrastis
    hypericum ignatia ipecacuanha lachesis ledum luffa lycopodium marianus melilotus mercurius nux
    okoubaka passiflora phytolacca populus pulsatilla rauwolfia rhus ruta sabal sepia silicea
    solidago spigelia staphisagria sticta sulfur symphytum taraxacum thuja urtica veratrum viburnum
    viscum vomica""".split()
)
_SALTS_OF_SCHUESSLER = ("schüß", "schüss", "schuessl", "schussl")
_LATIN_SALTS = ("phosphoricum", "fluoratum", "sulfuricum", "chloratum", "muriaticum")
# Beside one of these it is the strength of a vitamin.
_COUNTED = frozenset("vit vitamin vitamina vitamine witamina iu ie ui mcg ug µg".split())
_WORDS_AND_POTENCIES = r"\b[dc] ?\d{1,3}\b|[^\W\d_]+"
_PARTS_OF_A_LIST = r"([+&,;/]|\b(?:and|und|et|mit|with)\b)"


def without_remedies(written: str) -> str:
    """The text without what is homoeopathic in it: `Arnica D3`, `Magnesium phosphoricum D6`."""
    words = _words_and_potencies(written)
    has_low = not (_LOW_POTENCIES.isdisjoint(words) or _REMEDIES.isdisjoint(words))
    of_schuessler = any(word.startswith(_SALTS_OF_SCHUESSLER) for word in words)
    if not (has_low or of_schuessler) and _POTENCIES.isdisjoint(words):
        return written
    parts = re.split(_PARTS_OF_A_LIST, written, flags=re.IGNORECASE)
    return "".join(part for part in parts if not _is_remedy(part, of_schuessler))


def _words_and_potencies(written: str) -> list[str]:
    found = re.findall(_WORDS_AND_POTENCIES, written.lower())
    return [word.replace(" ", "") for word in found]


def _is_remedy(part: str, of_schuessler: bool) -> bool:
    words = _words_and_potencies(part)
    if not _COUNTED.isdisjoint(words):
        return False
    if of_schuessler and any(word.startswith(_SALTS_OF_SCHUESSLER) for word in words):
        return True
    if of_schuessler and any(word.endswith(_LATIN_SALTS) for word in words):
        return True
    low = [place for place, word in enumerate(words) if word in _LOW_POTENCIES]
    behind = any(_REMEDIES.intersection(words[max(0, place - 2) : place]) for place in low)
    return behind or not _POTENCIES.isdisjoint(words)


def stem_of(word: str) -> str:
    """A word without the ending of another language: `citrato`, `Citrat` and `citrate` are one."""
    return word.rstrip("aeois") if len(word) > 4 else word


_WHOLE_FROM = 4
_ENDS_OF_COMPOUNDS = ("tablett", "kaps", "brause", "kautab", "pulver", "tropf", "pille", "dragee")


@cache
def mineral_salts() -> frozenset[str]:
    """The stems of the words that make a mineral of a bare name."""
    german = "oxyd zitrat karbonat glukonat laktat sulfat hydroxyd"
    return frozenset(map(stem_of, f"{_MINERAL_SALTS} {german}".split()))


@cache
def _fillers() -> frozenset[str]:
    words = f"{_OTHER_SALTS} {_FORMS} {_STRENGTHS} {_TALK} {_MAKERS} {_NO_ANTAGONISTS}".split()
    return frozenset(words) | frozenset(f"{word}s" for word in _FORMS.split())


def is_mineral_salt(word: str) -> bool:
    """Whether a word names what a mineral is bound to when it is swallowed for itself."""
    return stem_of(word) in mineral_salts()


def _is_form_of(name: str, rest: str) -> bool:
    """Whether it is one word, as `Eisentabletten`; a "mag" before it may be a stomach."""
    return len(name) >= _WHOLE_FROM and rest.startswith(_ENDS_OF_COMPOUNDS)


def without_form(word: str) -> str:
    """What stands before the form in one word, as in `kortisontabletten`; "" for another."""
    for end in _ENDS_OF_COMPOUNDS:
        before, form, _ = word.partition(end)
        if form:
            return before
    return ""


def names_a_salt(words: list[str]) -> bool:
    """Whether one of the words is a salt of a mineral: `citrate`, `Magnesiumcitrat`."""
    return any(
        is_mineral_salt(word) or (mineral_in(word) and word not in bare_minerals())
        for word in words
    )


@cache
def _salt_by_stem() -> dict[str, str]:
    spelt = "oxyd oxide zitrat citrate karbonat carbonate glukonat gluconate laktat lactate"
    spelt += " hydroxyd hydroxide sulphate sulfate"
    other, english = spelt.split()[::2], spelt.split()[1::2]
    by_stem = {stem_of(word): word for word in _MINERAL_SALTS.split()}
    return by_stem | {stem_of(word): name for word, name in zip(other, english, strict=True)}


def salt_named(word: str) -> str:
    """What a word says that a mineral is bound to, as English has it; "" for another word."""
    return _salt_by_stem().get(stem_of(word), "")


def is_filler(word: str) -> bool:
    """Whether a word beside a name says nothing of another medicine."""
    return word.isdigit() or len(word) < 3 or word in _fillers() or is_mineral_salt(word)


@cache
def bare_minerals() -> dict[str, str]:
    """The generic name of every bare mineral, by all its names."""
    return {name: mineral for mineral, names in BARE_MINERALS.items() for name in names.split()}


def mineral_in(word: str) -> str:
    """The mineral that a word names, alone, with what it is bound to, or with its form."""
    if mineral := bare_minerals().get(word):
        return mineral
    for mineral, names in BARE_MINERALS.items():
        for name in names.split():
            rest = word.removeprefix(name)
            if rest != word and (is_mineral_salt(rest) or _is_form_of(name, rest)):
                return mineral
    return ""


_NUMBER = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|half|quarter|first|second|third|other"
)
_DAY = (
    r"(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
    r"|mon|tues?|wed|thurs?|thu|fri|sat|sun|weekdays?|weekends?)"
)
_MEAL = r"(?:breakfast|brunch|lunch|dinner|supper|tea ?time|tea|meals?|food|snacks?)"
_PART_OF_DAY = r"(?:mornings?|afternoons?|evenings?|nights?|midnight|midday|noon|bed ?time|bed)"
_UNITS_OF_TIME = r"(?:minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?)"
# In one word it is the brand, where it comes first or in capitals.
_AT = r"(?:at\s+|(?!^)(?!(?-i:AT))at)(?=\d)"
# IU in English, in German and Dutch, and in French, Spanish and Italian; read in any case.
IN_UNITS = r"(?:i\.?[ue]|u\.?i)\b\.?|units?\b|einheiten\b"
_UNIT = rf"(?:mg|mcg|µg|μg|ug|g|{IN_UNITS}|ml|%)"
_CLOCK = rf"\d{{1,2}}(?:[:.h]\d\d)?(?!\d)(?!\s*{_UNIT}(?!\w))\s*(?:[ap]\.?m\b\.?|o.?clock|uhr\b)?"
_SAID_CLOCK = (
    rf"(?:(?:half|quarter) (?:past|to) )?(?:{_NUMBER})(?: (?:thirty|fifteen|o.?clock))?\b"
)
# What may stand between "with" and what is drunk or eaten.
_MEASURE = (
    r"(?:(?:an?|the|one|two|some|much|plenty|lots?|enough|little|bit|half|full|big|large|tall|small"
    r"|glass(?:es)?|cups?|mug|sips?|spoon(?:ful)?|teaspoon(?:ful)?|of|my|cold|cool|warm|hot|plain"
    r"|still|tap|lukewarm|orange|apple|grapefruit|tomato|fruit|lemon|green|black"
    r"|viel|etwas|einem?|einer|glas|gro(?:ß|ss)en|schluck|kaltem|warmem|un|une|de|grand|verre"
    r"|bicchiere|vaso|veel|een)\s+|[dl]['’])"
)
_DRINK = (
    r"(?:water|wasser|eau|agua|acqua|juice|saft|jus|zumo|succo|milk|milch|lait|leche|latte|tea|tee"
    r"|coffee|kaffee|caf[eé]|cocoa|wine|beer|lemonade|squash)"
)
_EATEN = (
    r"(?:yogh?urt|joghurt|butter|biscuits?|cookies?|crackers?|bread|toast|porridge|cereals?"
    r"|honey|jam|sugar|banana|apple|grapefruit|eggs?|cheese|soup|sandwich|salad|cake|chocolate|rice)"
)
_COLOUR = r"(?:red|yellow|white|blue|green|pink|brown|orange|black|grey|gray|purple|round|oval)"
_NO_TABLET = r"\b(?!['’]?[ -]+(?:of|tablets?|pills?|tabs?|medicines?|capsules?)\b)"

_MANNERS = (
    # Times of the day.
    rf"\b{_AT}{_CLOCK}",
    rf"\bat {_SAID_CLOCK}",
    r"\b(?:um|às|alle|a las|à|om) \d{1,2}(?:[:.h]\d\d)?(?!\d)(?: ?(?:uhr|heures?|h|uur)\b)?",
    rf"\b(?:half an hour|an hour|\d+ ?{_UNITS_OF_TIME}|(?:{_NUMBER}) {_UNITS_OF_TIME})"
    rf" (?:before|after) (?:{_MEAL}|{_PART_OF_DAY})\b",
    rf"\b(?:at|with|before|by|during|for|no|without) (?:(?:the|my|a|each|every) )?{_MEAL}\b",
    rf"\b(?:(?:at|before|by|in|every|each|first thing|last thing) )*(?:the )?{_PART_OF_DAY}\b",
    r"\b(?:before|when i|after|for) (?:going to |getting |waking |go to |get |wake )"
    r"(?:bed|sleep|up)\b|\bbefore sleep\b|\b(?:first|last) thing\b|\ball day\b|\b24 ?h\b",
    # Days, and how often.
    rf"\b(?:(?:on|only|every|each|from|until|till|at) )*{_DAY}"
    rf"(?:(?:\s*(?:[,&/+]|and|or)\s*|\s+){_DAY})*(?: only)?\b",
    rf"\b(?:every|each) (?:\d+ |(?:{_NUMBER}) )?{_UNITS_OF_TIME}\b",
    rf"\b(?:once|twice|thrice|\d+|(?:{_NUMBER})(?: times)?)"
    rf" (?:a|per|each|every) {_UNITS_OF_TIME}\b",
    r"\b(?:first|last|\d+(?:st|nd|rd|th)) (?:day )?of (?:the|each|every) month\b",
    r"\b(?:as|when|if|where) (?:it is )?(?:needed|required|necessary|directed|in pain)\b",
    r"\bbei bedarf\b|\bsi besoin\b|\bal bisogno\b|\bsi es necesario\b",
    # With what it goes down, and how.
    rf"\b(?:(?:dissolved |stirred |mixed |swallowed )?(?:with|in|into|without|not with|drink|no"
    rf"|mit|in|avec|dans|con|en|met|ohne|sans|senza|sin|zonder) (?:{_MEASURE})*"
    rf"|(?:{_MEASURE})+)(?:{_DRINK}|{_EATEN}){_NO_TABLET}",
    rf"[+&]\s*(?:{_MEASURE})*(?:{_DRINK}|{_EATEN}){_NO_TABLET}",
    r"\b(?:on )?(?:an? )?(?:empty|full) stomach\b",
    r"\b(?:auf )?(?:n[uü]chtern(?:en|em)?|leeren|vollen)(?: magen)?\b",
    r"\bà jeun\b|\b(?:[aà] )?l['’]estomac (?:vide|plein)\b|\ben ayunas\b",
    r"\bcon el est[oó]mago (?:vac[ií]o|lleno)\b|\ba stomaco (?:vuoto|pieno)\b",
    r"\bop een (?:lege|nuchtere|volle) maag\b",
    r"\b(?:swallow(?:ed)? )?whole\b|\b(?:slowly|chewed|crushed|no alcohol)\b",
    # Which one of several, and where it lies.
    rf"\bthe (?:(?:small|big|little|large|tiny) )*{_COLOUR} ones?\b",
    r"\b(?:from|in|by) the (?:fridge|kitchen|bathroom|pharmacy|chemist|hospital|doctor)\b",
    r"\bwith (?:the|my) (?:others?|rest)\b(?: (?:tablets?|pills?|medicines?))?",
)
# The brand alone, with a blank in it: nobody means a time by nothing but a time.
_BRAND_ALONE = r"\s*at\s*10\s*(?:drops|tropfen|perlen|capsules?|kapseln?|tablets?|tabletten)?\s*"
# Each manner has one of these in it. Most names have none, and need no patterns.
_TELLING = frozenset(
    """

    at um às alle a las à om before after with by during for no without in every each first last
    all on only from until till the once twice thrice per of as when if where bei si al
    needed required necessary directed mit avec dans con en met ohne sans senza sin zonder into
    drink sip sips glass cup water wasser milk juice empty full nüchtern nuchtern nüchternen
    nuchternen leeren vollen l stomaco op whole slowly chewed crushed monday mondays tuesday
    tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday
    sundays mon tue tues wed thu thur thurs fri sat sun weekday weekdays weekend weekends morning
    mornings afternoon afternoons evening evenings night nights midnight midday noon bed bedtime

    """.split()
)
_WORD = r"[^\W\d_]+"


@cache
def _manners() -> re.Pattern[str]:
    return re.compile("|".join(_MANNERS), re.IGNORECASE)


def without_manner(written: str) -> str:
    """The words for a medicine without those that only say how and when it is taken."""
    telling = not _TELLING.isdisjoint(re.findall(_WORD, written.lower()))
    if not telling or re.fullmatch(_BRAND_ALONE, written, re.IGNORECASE):
        return written
    return _manners().sub(" ", written)
