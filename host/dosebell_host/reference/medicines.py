"""Medicines by generic name, class and common brand names, and what they are to the rules.

One row a medicine: its generic name, its classes, and the other names people know it by. Those
that no rule speaks about are in medicines_other.py, so that they are not called unknown; words of
every day that name none are in medicines_everyday.py. What a person's words mean is read in
recognised.py.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Classes that rules ask for.
VKA, DOAC, THIAZIDE, DIGOXIN, D_ANALOG = "vka", "doac", "thiazide", "digoxin", "vitamin-d-analog"
HEART_CALCIUM, INDUCER, STEROID, STATIN = "diltiazem-verapamil", "inducer", "steroid", "statin"
ORLISTAT, RESIN, MINERAL_OIL = "orlistat", "bile-acid-resin", "mineral-oil"
ANTIBIOTIC, CEPHALOSPORIN = "antibiotic", "cephalosporin"
QUINOLONE, TETRACYCLINE = "quinolone", "tetracycline"
LEVOTHYROXINE, BISPHOSPHONATE, MINERAL = "levothyroxine", "oral-bisphosphonate", "mineral"
# A bisphosphonate whose label says the reverse of the others: after breakfast.
BONE_AFTER_FOOD = "bisphosphonate-after-food"
RETINOID, MINERAL_BOUND, IRON_BOUND = "retinoid", "mineral-bound", "iron-bound"
# What makes bleeding longer otherwise; what is taken because the thyroid makes too much.
LESS_CLOTTING, ANTITHYROID = "less-clotting", "antithyroid"
# Vitamins that stand among the medicines.
VITAMIN_D, VITAMIN_K = "vitamin-d", "vitamin-k"


class Medicine(NamedTuple):
    """One medicine; `classes` is empty where no rule speaks about it.

    `doubt` is the question to ask where a word only may mean it; it is taken for it meanwhile.
    """

    name: str
    classes: frozenset[str]
    doubt: str = ""


# (generic name, classes, other names and brands)
# They stand here without accents, as they are compared: names of ASCII are read in half the time.
_ROWS: tuple[tuple[str, str, str], ...] = (
    # Vitamin K antagonists.
    (
        "warfarin",
        VKA,
        "warfarine, warfarin sodium, coumadin, coumadine, marevan, jantoven, lawarin, waran,"
        " panwarfin, orfarin, befarin, aldocumar, marivarin, martefarin, circuvit, simarc,"
        " warafin, warfin, warin, warlin, warfant, warfarex, warfilone, warnerin, carfin, sofarin,"
        " uniwarfin, varfine, tedicumar",
    ),
    (
        "acenocoumarol",
        VKA,
        "acenocumarol, nicoumalone, sintrom, sinthrome, mini sintrom, minisintrom, syncumar,"
        " sincumar, acitrom, acenotromb, antitrom, azecar, fortonol, saxion, trombostop,"
        " neo sintrom, neosintrom, sin trom",
    ),
    (
        "phenprocoumon",
        VKA,
        "phenprocoumone, marcumar, marcoumar, falithrom, phenprogamma, marcuphen, phenpro,"
        " femprocoumon, liquamar",
    ),
    ("fluindione", VKA, "previscan"),
    ("phenindione", VKA, "dindevan, fenilin, phenylin, phenyline, pindione"),
    ("dicoumarol", VKA, "dicumarol, bishydroxycoumarin"),
    ("ethyl biscoumacetate", VKA, "tromexan, pelentan"),
    ("tioclomarol", VKA, "apegmone"),
    ("anisindione", VKA, "miradon"),
    (
        "vitamin K antagonist",
        VKA,
        "vitamin k antagonists, vitamin k antagonisten, antagonista de la vitamina k,"
        " antagoniste de la vitamine k, antagonista della vitamina k, antivitamine k,"
        " anti vitamine k, vitamin k blocker, vitamin k inhibitor,"
        " vitamin k inhibitors, antivitamin k, antivitamina k, vka, avk, coumarin, coumarins,"
        " cumarin, cumarine, cumarinico, dicumarinico",
    ),
    # Blood thinners that do not work through vitamin K.
    ("apixaban", DOAC, "eliquis, elikvis"),
    ("rivaroxaban", DOAC, "xarelto"),
    ("dabigatran", DOAC, "dabigatran etexilate, pradaxa"),
    ("edoxaban", DOAC, "lixiana, savaysa, roteas"),
    ("DOAC", DOAC, "noac, direct oral anticoagulant"),
    # Heparins, and what keeps platelets from clotting.
    ("heparin", LESS_CLOTTING, "unfractionated heparin, heparine, eparina, heparina"),
    ("enoxaparin", LESS_CLOTTING, "clexane, lovenox, inhixa, enoxaparina"),
    ("dalteparin", LESS_CLOTTING, "fragmin"),
    ("tinzaparin", LESS_CLOTTING, "innohep"),
    ("nadroparin", LESS_CLOTTING, "fraxiparin, fraxiparine"),
    ("certoparin", LESS_CLOTTING, "mono embolex"),
    ("fondaparinux", LESS_CLOTTING, "arixtra"),
    ("clopidogrel", LESS_CLOTTING, "plavix, iscover, grepid, duoplavin, duocover, coplavix"),
    ("prasugrel", LESS_CLOTTING, "efient, effient"),
    ("ticagrelor", LESS_CLOTTING, "brilique, brilinta"),
    ("ticlopidine", LESS_CLOTTING, "ticlid"),
    ("cilostazol", LESS_CLOTTING, "pletal"),
    ("triflusal", LESS_CLOTTING, "disgren"),
    ("dipyridamole", LESS_CLOTTING, "persantin, aggrenox, asasantin"),
    (
        "aspirin",
        LESS_CLOTTING,
        "acetylsalicylic acid, asa, ass, ass 100, acetylsalicylsaure, aas, adiro, kardegic,"
        " cardioaspirin, godamed, herz ass",
    ),
    # Thiazides and their like.
    (
        "hydrochlorothiazide",
        THIAZIDE,
        "hct, hctz, hydrochlorthiazide, esidrix, esidrex, microzide, hyzaar, co-diovan,"
        " diovan hct, zestoretic, co-amilozide, moduretic, dyazide, maxzide, lisinopril hct",
    ),
    ("chlorthalidone", THIAZIDE, "chlortalidone, hygroton, thalitone, tenoretic"),
    ("indapamide", THIAZIDE, "lozol, natrilix, fludex, preterax, coversyl plus"),
    ("bendroflumethiazide", THIAZIDE, "bendrofluazide, aprinox, neo-naclex, bendro, salures"),
    ("chlorothiazide", THIAZIDE, "diuril, chlotride"),
    ("metolazone", THIAZIDE, "zaroxolyn"),
    ("xipamide", THIAZIDE, "diurexan, aquaphor, aquaphoril"),
    ("mefruside", THIAZIDE, "baycaron"),
    ("cyclopenthiazide", THIAZIDE, "navidrex"),
    ("methyclothiazide", THIAZIDE, "enduron"),
    ("thiazide", THIAZIDE, "thiazides, thiazide diuretic, thiazide-like diuretic"),
    # The heart.
    (
        "digoxin",
        DIGOXIN,
        "lanoxin, lanicor, lenoxin, digitoxin, digitalis, digimerck, novodigal, acetyldigoxin,"
        " beta acetyldigoxin, metildigoxin, lanitop, stillacor, digossina, lanacordin",
    ),
    ("cardiac glycoside", DIGOXIN, "cardiac glycosides"),
    ("diltiazem", HEART_CALCIUM, "cardizem, dilzem, tildiem, tiazac, adizem"),
    ("verapamil", HEART_CALCIUM, "isoptin, calan, verelan, securon, isoptine"),
    # Forms of vitamin D that are medicines.
    ("calcitriol", D_ANALOG, "rocaltrol, silkis, decostriol"),
    ("alfacalcidol", D_ANALOG, "alphacalcidol, one-alpha, etalpha, einsalpha"),
    ("calcifediol", D_ANALOG, "calcidiol, hidroferol, rayaldee, dedrogyl, didrogyl"),
    ("paricalcitol", D_ANALOG, "zemplar"),
    (
        "calcipotriene",
        D_ANALOG,
        "calcipotriol, dovonex, daivonex, psorcutan, taclonex, dovobet, daivobet, enstilar",
    ),
    ("doxercalciferol", D_ANALOG, "hectorol"),
    ("tacalcitol", D_ANALOG, "curatoderm"),
    ("dihydrotachysterol", D_ANALOG, "at10, a.t. 10, tachystin"),
    ("vitamin D analogue", D_ANALOG, "vitamin d analog, active vitamin d"),
    # What keeps vitamins in the gut.
    ("orlistat", ORLISTAT, "xenical, alli, orlos"),
    (
        "cholestyramine",
        RESIN,
        "colestyramine, cholestyramin, colestyramin, questran, prevalite, quantalan, lipocol,"
        " resincolestiramina, vasosan",
    ),
    ("colestipol", RESIN, "colestid"),
    ("colesevelam", RESIN, "welchol, cholestagel, lodalis"),
    ("bile acid resin", RESIN, "resin, bile acid sequestrant, bile acid sequestrants"),
    (
        "liquid paraffin",
        MINERAL_OIL,
        "mineral oil, paraffin oil, paraffinum liquidum, lansoyl, obstinol",
    ),
    # What uses vitamin D up.
    ("phenytoin", INDUCER, "dilantin, epanutin, phenhydan"),
    ("phenobarbital", INDUCER, "phenobarbitone, luminal, gardenal"),
    ("primidone", INDUCER, "mysoline, mylepsinum"),
    ("carbamazepine", INDUCER, "tegretol, carbatrol, timonil"),
    ("rifampicin", f"{INDUCER} {ANTIBIOTIC}", "rifampin, rifadin, rimactane, eremfat"),
    ("isoniazid", f"{INDUCER} {ANTIBIOTIC}", "inh, isozid, nydrazid, rimifon"),
    # Steroids that are swallowed.
    ("prednisone", STEROID, "deltasone, decortin, rayos, cortancyl, deltacortene"),
    ("prednisolone", STEROID, "decortin h, orapred, deltacortril, pred"),
    ("methylprednisolone", STEROID, "medrol, urbason"),
    ("hydrocortisone", STEROID, "cortef, plenadren, alkindi"),
    ("dexamethasone", STEROID, "decadron, fortecortin"),
    ("corticosteroid", STEROID, "corticosteroids, steroid, steroids, oral steroid"),
    # Statins: three that the sources name, then the others.
    ("atorvastatin", STATIN, "lipitor, sortis, atoris"),
    ("simvastatin", STATIN, "zocor, inegy, vytorin"),
    ("lovastatin", STATIN, "mevacor, altoprev, mevinacor"),
    ("statin", STATIN, "statins"),
    # The thyroid.
    (
        "levothyroxine",
        LEVOTHYROXINE,
        "levothyroxin, levothyroxine sodium, l-thyroxine, l-thyroxin, thyroxine, synthroid,"
        " euthyrox, eltroxin, levoxyl, unithroid, tirosint, levothyrox, berlthyrox, oroxine,"
        " novothyral, thyrax, thyrax duotab, l-thyrox, prothyrid",
    ),
    ("liothyronine", LEVOTHYROXINE, "cytomel, thybon"),
    ("desiccated thyroid", LEVOTHYROXINE, "armour thyroid, armour, np thyroid, thyroid extract"),
    ("carbimazole", ANTITHYROID, "neo mercazole, neo thyreostat"),
    ("thiamazole", ANTITHYROID, "methimazole, thyrozol, favistan, tapazole, strumazol, tirodril"),
    ("propylthiouracil", ANTITHYROID, "propycil, ptu, thyrosan"),
    # Bones.
    (
        "alendronate",
        BISPHOSPHONATE,
        "alendronic acid, alendronate sodium, alendronsaure, fosamax, binosto, adronat,"
        " alendronic, alendronsaeure, alendroninezuur",
    ),
    (
        "risedronate",
        BISPHOSPHONATE,
        "risedronic acid, risedronate sodium, risedronsaure, actonel, atelvia, risedronic,"
        " risedronsaeure",
    ),
    (
        "ibandronate",
        BISPHOSPHONATE,
        "ibandronic acid, ibandronic, ibandronsaure, boniva, bonviva, bondronat",
    ),
    ("etidronate", BISPHOSPHONATE, "etidronic acid, didronel, didronat"),
    ("clodronate", BISPHOSPHONATE, "clodronic acid, bonefos, loron"),
    ("bisphosphonate", BISPHOSPHONATE, "bisphosphonates, oral bisphosphonate"),
    # Antibiotics.
    ("ciprofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "cipro, ciproxin, ciprobay, ciflox"),
    ("levofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "levaquin, tavanic"),
    ("moxifloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "avelox, avalox"),
    ("ofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "floxin, tarivid"),
    ("norfloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "noroxin, barazan"),
    ("delafloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "baxdela, quofenix"),
    ("gatifloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "tequin, zymar, zymaxid"),
    ("gemifloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "factive"),
    ("lomefloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "maxaquin, uniquin, okacin"),
    ("nemonoxacin", f"{QUINOLONE} {ANTIBIOTIC}", "taigexyn"),
    ("pefloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "peflacine, abaktal"),
    ("prulifloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "unidrox, prixina, keraflox, chinoplus"),
    ("sitafloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "gracevit"),
    ("sparfloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "zagam"),
    ("tosufloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "ozex"),
    ("nalidixic acid", f"{QUINOLONE} {ANTIBIOTIC}", "nalidixic, neggram, nalidixinsaure"),
    ("pipemidic acid", f"{QUINOLONE} {ANTIBIOTIC}", "pipemidic, pipram, pipemidinsaure"),
    ("quinolone", f"{QUINOLONE} {ANTIBIOTIC}", "quinolones, fluoroquinolone, fluoroquinolones"),
    (
        "doxycycline",
        f"{TETRACYCLINE} {ANTIBIOTIC}",
        "doxycyclin, vibramycin, doryx, oracea, periostat, doxyhexal,"
        " tolexine, vibracina, bassado",
    ),
    ("minocycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "minocin, solodyn"),
    ("tetracycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "tetracyclin, tetracyclines, sumycin"),
    ("lymecycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "tetralysal"),
    ("demeclocycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "ledermycin, declomycin"),
    ("sarecycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "seysara"),
    ("omadacycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "nuzyra"),
    ("oxytetracycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "terramycin"),
    ("cefalexin", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "cephalexin, keflex"),
    ("cefuroxime", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "zinnat, ceftin, elobact"),
    ("cefixime", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "suprax, cefpodoxime, vantin, orelox"),
    ("cefaclor", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "ceclor, cefadroxil, duricef, cefprozil"),
    ("ceftriaxone", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "rocephin, cefdinir, omnicef"),
    ("cephalosporin", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "cephalosporins, cefalosporin"),
    (
        "amoxicillin",
        ANTIBIOTIC,
        "amoxil, co-amoxiclav, augmentin, penicillin, phenoxymethylpenicillin, ampicillin,"
        " flucloxacillin, pivmecillinam, selexid",
    ),
    ("clarithromycin", ANTIBIOTIC, "klacid, biaxin, azithromycin, zithromax, erythromycin"),
    (
        "trimethoprim",
        ANTIBIOTIC,
        "co-trimoxazole, bactrim, cotrim, septrin, sulfamethoxazole, nitrofurantoin, macrobid,"
        " fosfomycin, monuril",
    ),
    ("metronidazole", ANTIBIOTIC, "flagyl, clindamycin, dalacin, linezolid, zyvox, vancomycin"),
    # Minerals and antacids that are taken as medicines. A mineral by its bare name may be the salt
    # of another medicine as well; recognised.py tells which.
    ("calcium carbonate", MINERAL, "adcal, caltrate, calcichew, kalcipos, cacit, calci chew"),
    (
        "magnesium",
        MINERAL,
        "magnesia, milk of magnesia, mag ox, magox, magnez, magne b 6, magnesiocard",
    ),
    (
        "iron",
        MINERAL,
        "ferrous sulfate, ferrous sulphate, ferrous fumarate, ferrous gluconate, ferro sanol,"
        " tardyferon, feosol, maltofer, galfer, fersaday, feroglobin, ferrograd, ferro gradumet,"
        " losferron, ferrum hausmann, spatone, floradix, slow fe",
    ),
    ("zinc", MINERAL, "solvazinc, unizink, zinkorotat"),
    (
        "antacid",
        MINERAL,
        "antacids, aluminium hydroxide, aluminum hydroxide, maalox, gaviscon, rennie, tums,"
        " mylanta, riopan, talcid, sucralfate, magaldrate, hydrotalcite, phosphalugel, rolaids",
    ),
    # Vitamin D and K among the medicines, alone and with something else.
    (
        "colecalciferol",
        VITAMIN_D,
        "cholecalciferol, vitamin d, vitamin d 3, vit d, vit d 3, d vitamin, d 3, fultium,"
        " fultium d 3, invita, invita d 3, desunin, stexerol, thorens, plenachol, pro d 3,"
        " aviticol, dekristol, vigantol, vigantoletten, devaron, uvedose, zymad, adrigyl, dibase,"
        " annister, deltius, benferol, divisun, d cure, detremin",
    ),
    ("ergocalciferol", VITAMIN_D, "vitamin d 2, vit d 2, d 2, drisdol, sterogyl"),
    (
        "calcium and vitamin D",
        f"{MINERAL} {VITAMIN_D}",
        "adcal d 3, calcichew d 3, calcichew d, kalcipos d, kalcipos d 3, accrete d 3, evacal d 3,"
        " theical d 3, cacit d 3, cacit vitamin d 3, natecal d, natecal d 3, ideos, calcimagon,"
        " calcimagon d 3, calci d 3, calcium d 3, calcium vitamin d, calcium vitamin d 3,"
        " calcium sandoz d, orocal d 3, calcidose vitamine d, caltrate d, os cal d, citracal d,"
        " calcigran, calcivit d, steovit d 3, calvive d 3",
    ),
    (
        "alendronate",
        f"{BISPHOSPHONATE} {VITAMIN_D}",
        "fosavance, adrovance, vantavo, fosamax plus d, fosastad, alendronate colecalciferol",
    ),
    (
        "cod liver oil",
        VITAMIN_D,
        "cod liver oil capsules, fish liver oil, halibut liver oil, lebertran",
    ),
    (
        "vitamin K",
        VITAMIN_K,
        "vitamin k 1, vitamin k 2, vit k, vit k 1, vit k 2, k 1, k 2, mk 4, mk 7, menaquinone,"
        " menatetrenone, glakay, phytomenadione, phytonadione, konakion, mephyton, kanavit,"
        " neokay, natto",
    ),
    # A thiazide stands in the name of none of these.
    (
        "hydrochlorothiazide",
        THIAZIDE,
        "ziac, lodoz, vaseretic, accuretic, capozide, prinzide, uniretic, tribenzor, aldactazide,"
        " dytide h, fortzaar, kinzalkomb, pritorplus, karvezide, coaprovel, co aprovel,"
        " tritazide, co renitec, dociteren, triampur, moduretik, rosiver, combiso, hypothiazid,"
        " avalide, moduret, moducren, kalten, monozide, innozide, acezide, co zidocapt, secadrex,"
        " co betaloc, carace plus, inderide, timolide, aldoril, lopressor hct, dutoprol,"
        " quinaretic, co triamterzide, cotareg, cokenzen, hytacand, coteveten, coolmetec,"
        " cotriatec, cibadrex, ecazide, koretic, acuilix, temeritduo, briazide, foziretic,"
        " codiovan, accuzide,"
        " diutensat, triarese, tri thiazid, prestole, blopresid, olprezide, plaunazide, ameride,"
        " quinazide, acequide, co valsacor, co diroton,"
        " lozap plus, lorista h, lorista hd, enap h, enap hl, micardisplus, sevikar hct,"
        " exforge hct, amturnide, tekturna hct, rasilez hct",
    ),
    (
        "indapamide",
        THIAZIDE,
        "co dalneva, co prenessa, co amlessa, bipreterax, triplixam, natrixam, noliprel,"
        " prelectal, co perineva, noliprel forte,"
        " tertensif, arifon, coversum combi, prestarium combi",
    ),
    (
        "chlorthalidone",
        THIAZIDE,
        "edarbyclor, co tenidone, tenoret, clorpres, teneretic, igroton, igroseles, kalspare",
    ),
    ("cyclopenthiazide", THIAZIDE, "navispare, trasidrex"),
    (
        "bendroflumethiazide",
        THIAZIDE,
        "prestim, corzide, corgaretic, inderetic, inderex, tenben, centyl",
    ),
    ("clopamide", THIAZIDE, "viskaldix, brinaldix, briserin, brinerdin"),
    ("hydroflumethiazide", THIAZIDE, "co flumactone, aldactide"),
    ("altizide", THIAZIDE, "aldactazine, spiroctazine"),
    # Forms of vitamin A that are medicines.
    (
        "isotretinoin",
        RETINOID,
        "accutane, roaccutane, absorica, claravis, amnesteem, zenatane, myorisan, aknenormin",
    ),
    ("acitretin", RETINOID, "neotigason, soriatane"),
    ("bexarotene", RETINOID, "targretin"),
    # What minerals bind, and for how long is in published_limits.py; of iron some labels say
    # nothing but that it does.
    ("cefdinir", f"{CEPHALOSPORIN} {ANTIBIOTIC} {MINERAL_BOUND}", "omnicef"),
    ("dolutegravir", MINERAL_BOUND, "tivicay, triumeq, dovato, juluca"),
    ("bictegravir", MINERAL_BOUND, "biktarvy"),
    ("eltrombopag", MINERAL_BOUND, "promacta, revolade, alvaiz"),
    ("penicillamine", MINERAL_BOUND, "cuprimine, depen, distamine, metalcaptase"),
    ("deferiprone", MINERAL_BOUND, "ferriprox"),
    ("hydroxychloroquine", MINERAL_BOUND, "plaquenil, quensyl"),
    ("rosuvastatin", MINERAL_BOUND, "crestor"),
    (
        "mycophenolate",
        f"{MINERAL_BOUND} {IRON_BOUND}",
        "mycophenolate mofetil, mycophenolic acid, cellcept, myfortic",
    ),
    (
        "levodopa",
        IRON_BOUND,
        "carbidopa, benserazide, co-careldopa, co-beneldopa, sinemet, madopar, stalevo, rytary,"
        " lodosyn, nacom, restex",
    ),
    ("methyldopa", IRON_BOUND, "aldomet, presinol, dopegyt"),
    (
        "risedronate after breakfast",
        BONE_AFTER_FOOD,
        "atelvia, risedronate delayed release, risedronate dr, risedronate gastro resistant",
    ),
    # Brands by which people of other countries know them.
    (
        "levothyroxine",
        LEVOTHYROXINE,
        "eferox, thyronajod, thyrofix, tiche, dexnon, letrox, tefor, levotiron, thyronorm,"
        " thyrox, puran t 4, levoid, t 4, t 4 montpellier, levaxin, elthyrone,"
        " levothyroxinenatrium, syntroxine, tiracrin, bagothyrox, thyreotom, thyro 4,"
        " medithyrox, euthyral, novotiral, eutroxsig, euthyroxin, thyrex, levotirsol, levothroid,"
        " levo t, thyro tabs",
    ),
    ("liothyronine", LEVOTHYROXINE, "cynomel, tiromel"),
    (
        "alendronate",
        BISPHOSPHONATE,
        "ostolek, alendros, dronal, fosalan, tevanate, osteofos, endronax, bonalon, lindron,"
        " foroza, alendronowy, alendronian, alendronovaia, alendronat, alendron, alendronsyra,"
        " ostemax, bonasol",
    ),
    ("alendronate", f"{BISPHOSPHONATE} {VITAMIN_D}", "fosavans"),
    (
        "risedronate",
        BISPHOSPHONATE,
        "optinate, risendros, acrel, ridron, benet, risofos, rizedronian, ryzedronowy,"
        " ryzedronian, rizedronovaia",
    ),
    ("ibandronate", BISPHOSPHONATE, "quodixor, ibandronowy, ibandronian, ibandronovaia, iasibon"),
    ("etidronate", BISPHOSPHONATE, "didrocal"),
    ("clodronate", BISPHOSPHONATE, "ostac"),
    ("minodronate", BISPHOSPHONATE, "minodronic acid, bonoteo, recalbon"),
    ("tiludronate", BISPHOSPHONATE, "tiludronic acid, skelid"),
    (
        "ciprofloxacin",
        f"{QUINOLONE} {ANTIBIOTIC}",
        "cifran, ciplox, cipronex, proquin, ciprinol, tsiprolet, ciprolet, baycip, ciproxan,"
        " ciproflox, ciproflaxin",
    ),
    ("levofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "cravit, levoxacin, prixar, glevo, floracid"),
    ("moxifloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "izilox, octegra, actira"),
    ("ofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "oflocet, zanocin, zanotsin"),
    ("norfloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "nolicin, utinor, norflohexal"),
    ("garenoxacin", f"{QUINOLONE} {ANTIBIOTIC}", "geninax"),
    ("enoxacin", f"{QUINOLONE} {ANTIBIOTIC}", "enoxor"),
    (
        "doxycycline",
        f"{TETRACYCLINE} {ANTIBIOTIC}",
        "doxy, doxy m, vibra tabs, supracyclin, doxylis, granudoxy, miraclin, doxitin,"
        " unidox, iunidoks, tetradox, monodoks, monodox, doxt, doxt sl, acticlate,"
        " efracea, adoxa, targadox, morgidox, doxyferm, doxycin, doxylin",
    ),
    (
        "minocycline",
        f"{TETRACYCLINE} {ANTIBIOTIC}",
        "minomycin, skid, klinomycin, minakne, dynacin, ximino, minolira",
    ),
    ("cefdinir", f"{CEPHALOSPORIN} {ANTIBIOTIC} {MINERAL_BOUND}", "cefzon, adcef"),
    (
        "chlorthalidone",
        THIAZIDE,
        "higrotona, hlortalidon, blokium diu, logroton, trasitensin",
    ),
    (
        "hydrochlorothiazide",
        THIAZIDE,
        "disalunil, hydrodiuril, corenitec, enap n, enap nl, tolucombi, ecard, losar h,"
        " tialorid, aquazide, clorana, dichlotride, amiloretik, nephral, turfa",
    ),
    ("indapamide", THIAZIDE, "diuresin, indapen, rawel, ravel sr, lorvas, paraterax, teraxans"),
    ("digoxin", DIGOXIN, "hemigoxine, digacin, lanoxicaps, eudigox, digitek, lanirapid"),
    ("calcitriol", D_ANALOG, "osteotriol, renatriol"),
    (
        "alfacalcidol",
        D_ANALOG,
        "bondiol, un alfa, un alpha, alpha d 3, alfa d 3, alphad 3, alfad 3, alfadiol, alfarol,"
        " alfa calcidol, doss",
    ),
    ("alfacalcidol", f"{D_ANALOG} {BISPHOSPHONATE}", "tevabone"),
    ("eldecalcitol", D_ANALOG, "edirol"),
    ("maxacalcitol", D_ANALOG, "oxarol"),
    ("falecalcitriol", D_ANALOG, "hornel"),
    (
        "diltiazem",
        HEART_CALCIUM,
        "monotildiem, bi tildiem, herbesser, masdil, angizem, altiazem, taztia, dilcardia, slozem,"
        " zemtard",
    ),
    (
        "verapamil",
        HEART_CALCIUM,
        "verahexal, tarka, covera, manidon, dilacoron, staveran, finoptin, veramex, falicard,"
        " univer, vera lich, veralich",
    ),
    ("orlistat", ORLISTAT, "orsoten, lipiblock, beacita, listata, xenalten, thincal"),
    ("cholestyramine", RESIN, "cholestabyl, holestiramin, efensol, olestyr"),
    ("colestilan", RESIN, "colestimide, cholebine, bindren"),
    (
        "liquid paraffin",
        MINERAL_OIL,
        "paraffin, paraffine, paraffinol, huile de paraffine, parafina liquida, vaselina"
        " liquida, olio di vaselina, vazelinovoe maslo, vaseline oil, agarol, laxamalt,"
        " emuliquen, hodernal, nujol, kondremul, aceite mineral, oleo mineral, olio minerale,"
        " paraffinolie, paraffinolja, parafinovy olej, parafina ciekla",
    ),
    ("phenytoin", INDUCER, "zentropil, di hydan, eptoin, aleviatin, hidantal, difetoin"),
    ("phenobarbital", INDUCER, "luminaletten, corvalol, valocordin, phenobarb"),
    ("primidone", INDUCER, "liskantin"),
    ("carbamazepine", INDUCER, "tegretal, finlepsin, amizepin, neurotop, equetro"),
    ("rifampicin", f"{INDUCER} {ANTIBIOTIC}", "rifater, rifinah, rifoldin"),
    ("prednisone", STEROID, "dacortin, encorton, meticorten, lodotra"),
    ("prednisolone", STEROID, "solupred, encortolon, predonine, millipred, wysolone"),
    ("methylprednisolone", STEROID, "metypred, metipred"),
    ("hydrocortisone", STEROID, "hydrocortone"),
    ("deflazacort", STEROID, "calcort, emflaza, zamene, dezacor"),
    ("cortisone", STEROID, "cortison, kortison, cortisone acetate"),
    (
        "atorvastatin",
        STATIN,
        "tahor, zarator, torvast, torvacard, caduet, atorva, liprimar, cardyl, totalip, prevencor,"
        " atozet, atorvasterol",
    ),
    (
        "simvastatin",
        STATIN,
        "zocord, simvahexal, sinvacor, vasilip, simvabeta, simgal, lipovas, simcor",
    ),
    (
        "isotretinoin",
        RETINOID,
        "isotret, curacne, procuta, contracne, isoriac, dercutane, acnemin, isdiben, mayesta,"
        " aknecutan, zoretanin, izotek, axotret, aknetrent, isosuprena, aisoskin, sotret",
    ),
    ("alitretinoin", RETINOID, "toctino"),
    ("etretinate", RETINOID, "tigason, tigasone"),
    ("dolutegravir", MINERAL_BOUND, "acriptega, tld"),
    ("elvitegravir", MINERAL_BOUND, "genvoya, stribild, vitekta"),
    ("cabotegravir", MINERAL_BOUND, "vocabria"),
    ("raltegravir", MINERAL_BOUND, "isentress"),
    ("penicillamine", MINERAL_BOUND, "d penicillamine, trolovol, kuprenil, artamin"),
    (
        "hydroxychloroquine",
        MINERAL_BOUND,
        "plaquinol, dolquine, reuquinol, plakvenil, hcq, hcqs, immard, idrossiclorochina",
    ),
    (
        "rosuvastatin",
        MINERAL_BOUND,
        "rosuvast, rosuvas, provisacor, rosucard, roswera, mertenil, rosulip, zahron",
    ),
    ("mycophenolate", f"{MINERAL_BOUND} {IRON_BOUND}", "mycophenolatmofetil"),
    (
        "levodopa",
        IRON_BOUND,
        "l dopa, isicom, modopar, levocomp, prolopa, duodopa, nakom, tidomet, syndopa,"
        " madopark, dopicar, corbilta, sastravi, dopadura, levopar, dopar, menesit,"
        " neodopaston, doparl",
    ),
    ("amoxicillin", ANTIBIOTIC, "clavulin, amoksiklav, augmentine"),
    ("trimethoprim", ANTIBIOTIC, "cotrimoxazole, biseptol"),
    ("heparin", LESS_CLOTTING, "hepathromb, hepathrombin, thrombareduct"),
    (
        "aspirin",
        LESS_CLOTTING,
        "acard, polocard, ecosprin, coraspin, disprin, ecotrin, cardiprin, astrix, ascal,"
        " carbasalate, carbasalate calcium, asprin, trombo ass, kardiomagnil,"
        " acetylsalicylzuur, acetylosalicylowy, bayaspirin",
    ),
    (
        "calcium carbonate",
        MINERAL,
        "os cal, citracal, calperos, orocal, phoslo, renacet, densical",
    ),
    (
        "magnesium",
        MINERAL,
        "magnerot, magnetrans, magnosolv, magneb 6, magvit, magnevie, magmitt, magnelis,"
        " asparkam, panangin, tromcardin, magnurol, magnesioboi, uromag, magnespasmyl",
    ),
    (
        "iron",
        MINERAL,
        "krauterblut, timoferol, fero grad, fero gradumet, fergon, feramax, sorbifer,"
        " feniuls, ferretab, ferrum lek, hemofer, ascofer, biofer, ferplex, sideral, ferromia,"
        " orofer, autrin, livogen, noripurum, combiron, neutrofer, fer in sol, niferex,"
        " palafer, proferrin, accrufer, feraccru, plastufer, eryfer, dreisafer, vitaferro, tot"
        " hema, fumafer, floravital",
    ),
    (
        "zinc",
        MINERAL,
        "zinkorot, curazink, rubozinc, zincteral, tsinkteral, solvezink, zincovit, cold eeze,"
        " effizinc",
    ),
    ("antacid", MINERAL, "kompensan, almagel, fosfalugel, maaloxan, digene, gelusil"),
    (
        "colecalciferol",
        VITAMIN_D,
        "xarenel, vigalex, devit 3, aquadetrim, akvadetrim, detrimaks, calcirol, arachitol,"
        " ostelin, ostevit d, devikap",
    ),
    (
        "calcium and vitamin D",
        f"{MINERAL} {VITAMIN_D}",
        "calcigen d, mastical d, natemille, shelcal, ossofortin, calcilac, calcidose,"
        " calcidose d 3, ostram",
    ),
)
# Words that say that a risedronate is the one for after breakfast [62b]: for a tablet that the
# stomach does not dissolve, and for a place behind a meal. Compiled only where one is taken.
_AFTER_FOOD = (
    r"\b(?:delayed|dr|ec|gr|msr|gastro|enteric"
    r"|(?:gastror|magensaft|maagsap|entero|acidor|dojelit|enterosol)[a-z]*"
    r"|(?:after|nach|apres|despues|dopo|depois|na|efter|etter|po)(?: [a-z]+)?"
    r" (?:breakfast|food|meals?|eating|fruhstuck|essen|petit|repas|desayuno|comida|almuerzo"
    r"|colazione|pasto|ontbijt|eten|frukost|maten|morgenmad|sniadani[a-z]*))\b"
)


def says_after_food(words: str) -> bool:
    """Whether the words beside a risedronate say that it is the one for after breakfast."""
    return bool(re.search(_AFTER_FOOD, words))


def names_of_medicines() -> Iterator[tuple[str, Medicine]]:
    """Every name of the table and its medicine; of two with one name the last counts.

    A generic name is that of its first row: Fosavance is more than alendronate.
    """
    # Whoever asks only for classes pays nothing for names.
    from dosebell_host.reference.medicines_other import OTHER_MEDICINES
    from dosebell_host.reference.medicines_pressure import BRANDS_FOR_PRESSURE

    for name in (*BRANDS_FOR_PRESSURE, *OTHER_MEDICINES):
        yield name, Medicine(name, frozenset())
    generic: set[str] = set()
    for name, classes, others in _ROWS:
        medicine = Medicine(name, frozenset(classes.split()))
        named = others.split(",") if name in generic else (name, *others.split(","))
        generic.add(name)
        yield from ((each, medicine) for each in named)
