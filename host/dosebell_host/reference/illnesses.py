"""Illnesses that the rules know, by the names people write, and what each means to the rules."""

from dosebell_host.reference.conditions import (
    ABSORB,
    ASK,
    BREASTFEEDING,
    CAUTION,
    CONTRA,
    KIDNEY_ASK,
    KIDNEY_MODERATE,
    KIDNEY_SEVERE,
    NONE,
    PREGNANT,
    THYROID,
)

# (what it means, the name that messages use, other names)
ILLNESSES: tuple[tuple[str, str, str], ...] = (
    (
        CONTRA,
        "hypercalcaemia",
        "hypercalcemia, hyper calcaemia, high calcium, high blood calcium, too much calcium,"
        " calcium too high, hyperkalzämie, hypercalcämie, hyperkalziämie, kalzium zu hoch,"
        " calcium zu hoch, zu viel kalzium im blut, zu viel calcium im blut, hypercalcémie,"
        " hipercalcemia, ipercalcemia, hyperkalcemi, hiperkalcemia, hiperkalsemi,"
        " гиперкальциемия, повышенный кальций",
    ),
    (
        CONTRA,
        "hypercalciuria",
        "hypercalcuria, calcium in urine, high urine calcium, hyperkalziurie, hypercalciurie,"
        " hyperkalzurie, kalzium im urin, calcium im urin, hipercalciuria, ipercalciuria,"
        " гиперкальциурия",
    ),
    (
        CONTRA,
        "hypervitaminosis D",
        "hypervitaminosis_d, vitamin D poisoning, vitamin D toxicity, vitamin D overdose,"
        " hypervitaminose d, vitamin d vergiftung, vitamin d überdosierung",
    ),
    (
        CONTRA,
        "kidney stones",
        "kidney stone, renal stones, renal stone, renal calculi, nephrolithiasis, urolithiasis,"
        " nephrocalcinosis, kidneystones, nierensteine, nierenstein, nierensteinen,"
        " nierensteinleiden, harnsteine, harnstein, harnleiterstein, harnleitersteine,"
        " nierenkolik, nierenkoliken, nephrokalzinose, calculs rénaux, calcul rénal,"
        " lithiase rénale, cálculos renales, piedras en el riñón, litiasis renal, calcoli renali,"
        " nierstenen, njursten, nyresten, kamica nerkowa, kamienie nerkowe, böbrek taşı,"
        " камни в почках, мочекаменная болезнь, pedra nos rins, pedras nos rins",
    ),
    (
        CAUTION,
        "sarcoidosis",
        "sarcoid, sarkoidose, morbus boeck, m boeck, boeck's disease, sarcoïdose, sarkoidoosi,"
        " sarcoidosi, sarcoidose, sarkoidoza, sarkoidoz, саркоидоз",
    ),
    (CAUTION, "tuberculosis", "tb, tuberkulose, tuberculose, tbc, gruźlica, verem, туберкулез"),
    (
        CAUTION,
        "lymphoma",
        "hodgkin lymphoma, non-hodgkin lymphoma, hodgkins lymphoma, lymphom, hodgkin lymphom,"
        " non hodgkin lymphom, morbus hodgkin, lymphome, linfoma, chłoniak, lenfoma, лимфома",
    ),
    (
        CAUTION,
        "granulomatous disease",
        "granulomatosis, granulomatosis with polyangiitis, granulomatose",
    ),
    (
        CAUTION,
        "primary hyperparathyroidism",
        "hyperparathyroidism, overactive parathyroid, overactive parathyroids, phpt,"
        " hyperparathyreoidismus, primärer hyperparathyreoidismus,"
        " nebenschilddrüsenüberfunktion, überfunktion der nebenschilddrüse,"
        " überfunktion der nebenschilddrüsen, nebenschilddrüse überfunktion,"
        " nebenschilddrüsenadenom, parathyroid adenoma, hyperparathyroïdie, hiperparatiroidismo,"
        " iperparatiroidismo, nadczynność przytarczyc, hiperparatiroidi, гиперпаратиреоз",
    ),
    (CAUTION, "pseudohypoparathyroidism", "pseudohypoparathyreoidismus"),
    (
        CAUTION,
        "lying still for long",
        "immobilised, immobilized, immobilisation, immobilization, bedridden, bed rest,"
        " bettlägerig, bettlägerigkeit, immobilisiert, immobil, bettruhe",
    ),
    (
        CAUTION,
        "cancer",
        "malignancy, breast cancer, prostate cancer, bone metastases, metastases, myeloma,"
        " leukaemia, leukemia, carcinoma, krebs, brustkrebs, prostatakrebs, lungenkrebs,"
        " darmkrebs, hautkrebs, nierenkrebs, mammakarzinom, prostatakarzinom, karzinom,"
        " leukämie, myelom, plasmozytom, metastasen, knochenmetastasen, krebserkrankung",
    ),
    (
        ABSORB,
        "coeliac disease",
        "celiac disease, coeliac, celiac, zöliakie, glutenunverträglichkeit, sprue,"
        " maladie coeliaque, celiaquía, celiachia",
    ),
    (
        ABSORB,
        "Crohn's disease",
        "crohns disease, crohn disease, crohns, crohn, crohn's, morbus crohn",
    ),
    (ABSORB, "cystic fibrosis", "cf, mukoviszidose, mucoviscidose, zystische fibrose"),
    (
        ABSORB,
        "pancreatic insufficiency",
        "pancreatic disease, pancreatitis, pancreatic, chronic pancreatitis, pankreatitis,"
        " pankreasinsuffizienz, bauchspeicheldrüsenentzündung, bauchspeicheldrüsenschwäche,"
        " chronische pankreatitis",
    ),
    (
        ABSORB,
        "bariatric surgery",
        "bariatric, gastric bypass, sleeve gastrectomy, gastric sleeve, magenbypass,"
        " schlauchmagen, magenverkleinerung",
    ),
    (
        ABSORB,
        "malabsorption",
        "fat malabsorption, short bowel, short bowel syndrome, kurzdarm, kurzdarmsyndrom,"
        " fettverwertungsstörung",
    ),
    (
        KIDNEY_SEVERE,
        "severe kidney disease",
        "kidney failure, renal failure, dialysis, haemodialysis, hemodialysis, ckd 4, ckd 5,"
        " severe chronic kidney disease, end stage renal disease, end stage kidney disease, esrd,"
        " severe renal impairment, dialyse, dialysepflichtig, hämodialyse, peritonealdialyse,"
        " dialysepatient, dialysepatientin, nierenversagen, insuffisance rénale terminale,"
        " diálisis, dialisi",
    ),
    (
        KIDNEY_MODERATE,
        "kidney disease",
        "chronic kidney disease, ckd, moderate kidney disease, renal disease, renal impairment,"
        " kidney impairment, kidney insufficiency, renal insufficiency, kidneys, kidney problems,"
        " kidney trouble, bad kidneys, weak kidneys, reduced kidney function,"
        " impaired kidney function, poor kidney function, niereninsuffizienz, nierenschwäche,"
        " nierenkrankheit, nierenerkrankung, nierenleiden, nierenfunktionsstörung,"
        " nierenprobleme, eingeschränkte nierenfunktion, schwache nieren, insuffisance rénale,"
        " insuficiencia renal, insufficienza renale, nierinsufficiëntie, njursvikt, nyresvikt,"
        " niewydolność nerek, böbrek yetmezliği, почечная недостаточность",
    ),
    (
        PREGNANT,
        "pregnant",
        "pregnancy, expecting, expecting a baby, schwanger, schwangerschaft, enceinte, grossesse,"
        " embarazada, embarazo, incinta, gravidanza, zwanger, gravid",
    ),
    (
        BREASTFEEDING,
        "breastfeeding",
        "breast-feeding, nursing, lactation, stillend, stillzeit, stille, allaitante, allaitement,"
        " lactancia, allattamento",
    ),
    (
        THYROID,
        "thyroid disease",
        "hypothyroidism, underactive thyroid, hashimoto, hashimotos, hashimoto's,"
        " hashimoto thyroiditis, hyperthyroidism, overactive thyroid, graves, graves disease,"
        " graves' disease, basedow, morbus basedow, thyroiditis, thyroid problems, goitre, goiter,"
        " schilddrüsenunterfunktion, unterfunktion der schilddrüse, hypothyreose,"
        " schilddrüsenüberfunktion, überfunktion der schilddrüse, hyperthyreose,"
        " schilddrüsenerkrankung, hypothyroïdie, hyperthyroïdie, hipotiroidismo, hipertiroidismo,"
        " ipotiroidismo, ipertiroidismo",
    ),
    # Known, and no rule speaks about them.
    (
        NONE,
        "osteoporosis",
        "osteopenia, hypertension, high blood pressure, diabetes, type 2 diabetes, asthma,"
        " copd, arthritis, rheumatoid arthritis, osteoarthritis, depression, anxiety, migraine,"
        " epilepsy, atrial fibrillation, heart failure, heart disease, stroke, high cholesterol,"
        " multiple sclerosis, ms, parkinson, psoriasis, eczema, allergy, gout, anaemia, anemia,"
        " vitamin d deficiency, obesity, ibs, reflux, insomnia, glaucoma, type 1 diabetes,"
        " gallstones, osteoporose, osteopenie, bluthochdruck, diabetes typ 2, diabetes typ 1,"
        " zuckerkrankheit, rheuma, arthrose, depressionen, angststörung, migräne, epilepsie,"
        " vorhofflimmern, herzschwäche, herzinsuffizienz, schlaganfall, hoher cholesterinspiegel,"
        " multiple sklerose, schuppenflechte, neurodermitis, allergie, gicht, blutarmut, anämie,"
        " vitamin d mangel, übergewicht, reizdarm, sodbrennen, schlafstörungen, gallensteine",
    ),
    (
        ABSORB,
        "inflammatory bowel disease",
        "ibd, ulcerative colitis, colitis ulcerosa, colitis, chronisch entzündliche"
        " darmerkrankung, rectocolite hémorragique",
    ),
    (
        ABSORB,
        "too little bile",
        "primary biliary cholangitis, primary biliary cirrhosis, pbc, primary sclerosing"
        " cholangitis, sclerosing cholangitis, psc, cholestasis, cholestatic liver disease, bile"
        " duct obstruction, blocked bile duct, biliary atresia, cholestase, gallenstau,"
        " gallengangsverschluss, primär biliäre cholangitis, primär sklerosierende cholangitis",
    ),
    (
        KIDNEY_ASK,
        "one kidney, or a new one",
        "one kidney, single kidney, solitary kidney, only one kidney, nephrectomy, kidney removed,"
        " kidney transplant, renal transplant, transplanted kidney, kidney donor,"
        " polycystic kidney disease, polycystic kidneys, diabetic nephropathy, eine niere,"
        " nur eine niere, einzelniere, nephrektomie, niere entfernt, nierentransplantation,"
        " nierentransplantiert, spenderniere, zystennieren, zystenniere, diabetische nephropathie",
    ),
    (
        ASK,
        "liver disease",
        "cirrhosis, liver cirrhosis, liver failure, hepatitis, fatty liver, liver transplant,"
        " hepatic impairment, leberzirrhose, lebererkrankung, leberkrankheit, leberversagen,"
        " leberschwäche, fettleber, leberinsuffizienz, cirrhose, cirrosis",
    ),
    (
        ASK,
        "hypoparathyroidism",
        "underactive parathyroid, parathyroids removed, hypoparathyreoidismus,"
        " nebenschilddrüsenunterfunktion, unterfunktion der nebenschilddrüse,"
        " unterfunktion der nebenschilddrüsen, nebenschilddrüsen entfernt",
    ),
    (
        ASK,
        "organ transplant",
        "transplant, heart transplant, lung transplant, bone marrow transplant, transplantation,"
        " organtransplantation, herztransplantation, lungentransplantation, lebertransplantation,"
        " transplantiert",
    ),
    # In more languages, and in other words; without accents, as they are compared: names of ASCII
    # are read in half the time.
    (
        CONTRA,
        "hypercalcaemia",
        "raised calcium, elevated calcium, raised blood calcium, high calcium in blood,"
        " high calcium in my blood, zuviel kalzium, zuviel calcium, zu viel kalzium, zu viel"
        " calcium",
    ),
    (
        CONTRA,
        "kidney stones",
        "stones in my kidney, stones in my kidneys, stones in the kidney, stones in the"
        " kidneys, oxalate stones, renal colic, pierres aux reins, colique nephretique,"
        " colico renal, colico nefritico, piedra en el rinon, calculo renal, calcolo renale,"
        " calcolosi renale, colica renale, nefrolitiasi, nefrolitiasis, nefrolithiase,"
        " niersteen, niersteenziekte, nyrestein, nyresteiner, munuaiskivi, munuaiskivet,"
        " ledvinove kameny, oblickove kamene, veseko, pietre la rinichi, bubrezni kamenac,"
        " petres sta nefra",
    ),
    (
        CAUTION,
        "sarcoidosis",
        "sarkoidos, lofgren, lofgren syndrome, lofgren syndrom",
    ),
    (
        CAUTION,
        "tuberculosis",
        "tuberculosi, tuberkulos, tuberkuloosi, tuberkuloza",
    ),
    (
        CAUTION,
        "lymphoma",
        "hodgkin, hodgkins, hodgkin's, hodgkins disease, hodgkin's disease, nhl, lymfoom, lymfom",
    ),
    (
        CAUTION,
        "granulomatous disease",
        "berylliosis, histoplasmosis",
    ),
    (
        CAUTION,
        "primary hyperparathyroidism",
        "hyperparathyroid",
    ),
    (
        CAUTION,
        "lying still for long",
        "immobile, bed bound, bedbound, confined to bed, cannot leave bed, alite, alitee,"
        " encamado, encamada, allettato, allettata, bedlegerig, sangliggande",
    ),
    (
        CAUTION,
        "cancer",
        "melanoma, melanom, kanker, borstkanker, prostaatkanker, darmkanker, longkanker,"
        " cancer du sein, cancer de mama, cancro, cancro al seno, tumore maligno,"
        " rak, rak piersi, rak prostaty, nowotwor zlosliwy, rakovina, brostcancer,"
        " prostatacancer, kraeft, brystkraeft, kreft, brystkreft, syopa, rintasyopa,"
        " eturauhassyopa, kanser",
    ),
    (
        ABSORB,
        "coeliac disease",
        "coeliakie, celiakia, celiakie, celiaki, keliakia, celiaca, celiaco, enfermedad"
        " celiaca, morbo celiaco, doenca celiaca, tseliakiia",
    ),
    (
        ABSORB,
        "Crohn's disease",
        "chrons disease, chron's disease, chrons, krohn, choroba crohna, choroba"
        " lesniowskiego crohna, bolezn krona",
    ),
    (
        ABSORB,
        "cystic fibrosis",
        "mucoviscidosis, fibrosis quistica, fibrosi cistica, fibrose cistica,"
        " taaislijmziekte, cystisk fibros, cystisk fibrose, mukowiscydoza",
    ),
    (
        ABSORB,
        "pancreatic insufficiency",
        "pancreas insufficiency, exocrine pancreatic insufficiency, alvleesklierontsteking,"
        " pancreatite",
    ),
    (
        ABSORB,
        "bariatric surgery",
        "weight loss surgery, gastric band, stomach bypass, bypass stomach, roux en y,"
        " maagverkleining, bypass gastrique, bypass gastrico",
    ),
    (
        KIDNEY_MODERATE,
        "kidney disease",
        "poor kidneys, kidneys not working well, nierfalen, przewlekla choroba nerek,"
        " munuaisten vajaatoiminta, nyresygdom",
    ),
)
