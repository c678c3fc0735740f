"""Words that stand beside the name of a medicine and name none: forms, salts, makers, strengths.

What is here is no other medicine; a word that is not here and no name may be one.
"""

from functools import cache

# A mineral by its bare name: swallowed for itself, or the salt of another medicine.
BARE_MINERALS = {
    "calcium": "calcium calcio kalzium kalcium kalsium kalk calcica calcique calcico",
    "magnesium": "magnesium magnesio magnezium magnezyum magnesico magnesica magnesique mag",
    "iron": "iron eisen fer ferro ferrum hierro ijzer jern jarn zelazo ferrous ferric",
    "zinc": "zinc zink zinco cinc cynk",
}
# With one of these behind it, it is a mineral that is swallowed for itself.
_MINERAL_SALTS = """

acetate ascorbate aspartate bisglycinate carbonate chelate chloride citrate diglycinate fumarate
gluconate glycerophosphate glycinate hydroxide lactate lactogluconate malate orotate oxide
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
tablety

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
medicine medicines medication medicament medikament drug prescription prescribed rx otc brand
generic usp bp ph eur ep jp please same new old small big strong weak low mini mite minor junior
adult adults der die das fur und oder mit von le la les un une de du des et el los las y o con il
lo per e di forte max maximum extra plus double ultra super advanced advance complex complete
active rapid fast express original classic pure natural gentle easy care health vitamin vitamins
vit vitamina vitamine folic folate acid ascorbic biotin selenium omega

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


def _stem(word: str) -> str:
    """A word without the ending of another language: `citrato`, `Citrat` and `citrate` are one."""
    return word.rstrip("aeois") if len(word) > 4 else word


@cache
def mineral_salts() -> frozenset[str]:
    """The stems of the words that make a mineral of a bare name."""
    german = "oxyd zitrat karbonat glukonat laktat sulfat hydroxyd"
    return frozenset(map(_stem, f"{_MINERAL_SALTS} {german}".split()))


@cache
def _fillers() -> frozenset[str]:
    words = f"{_OTHER_SALTS} {_FORMS} {_STRENGTHS} {_TALK} {_MAKERS}".split()
    return frozenset(words) | frozenset(f"{word}s" for word in _FORMS.split())


def is_mineral_salt(word: str) -> bool:
    """Whether a word names what a mineral is bound to when it is swallowed for itself."""
    return _stem(word) in mineral_salts()


@cache
def _salt_by_stem() -> dict[str, str]:
    spelt = "oxyd oxide zitrat citrate karbonat carbonate glukonat gluconate laktat lactate"
    spelt += " hydroxyd hydroxide sulphate sulfate"
    other, english = spelt.split()[::2], spelt.split()[1::2]
    by_stem = {_stem(word): word for word in _MINERAL_SALTS.split()}
    return by_stem | {_stem(word): name for word, name in zip(other, english, strict=True)}


def salt_named(word: str) -> str:
    """What a word says that a mineral is bound to, as English has it; "" for another word."""
    return _salt_by_stem().get(_stem(word), "")


def is_filler(word: str) -> bool:
    """Whether a word beside a name says nothing of another medicine."""
    return word.isdigit() or len(word) < 3 or word in _fillers() or is_mineral_salt(word)


@cache
def bare_minerals() -> dict[str, str]:
    """The generic name of every bare mineral, by all its names."""
    return {name: mineral for mineral, names in BARE_MINERALS.items() for name in names.split()}


def mineral_in(word: str) -> str:
    """The mineral that a word names, alone or with what it is bound to; "" for none."""
    if mineral := bare_minerals().get(word):
        return mineral
    for mineral, names in BARE_MINERALS.items():
        for name in names.split():
            if word.startswith(name) and is_mineral_salt(word.removeprefix(name)):
                return mineral
    return ""
