"""What stands on boxes of medicines, typed from labels of several countries.

Written before, and without, the tables of dosebell_host.reference, so that the tables are asked
about names that nobody chose for them. None of `OF_OTHER_SUBSTANCES` is a mineral, whatever salt
stands in its name.
"""

# United Kingdom and Ireland.
_BRITISH = """\
Atorvastatin 20 mg film-coated tablets
Atorvastatin calcium trihydrate 40 mg
Rosuvastatin 10 mg film-coated tablets
Rosuvastatin calcium 5 mg
Crestor 10 mg film-coated tablets
Simvastatin 40 mg tablets
Pravastatin sodium 20 mg tablets
Fluvastatin sodium 80 mg prolonged-release
Ezetimibe 10 mg tablets
Inegy 10 mg/40 mg tablets
Amlodipine 5 mg tablets
Amlodipine besilate 10 mg
Felodipine 5 mg prolonged-release tablets
Lercanidipine hydrochloride 10 mg
Nifedipine 30 mg MR tablets
Adalat LA 30
Lacidipine 4 mg tablets
Ramipril 5 mg capsules
Perindopril erbumine 4 mg tablets
Perindopril arginine 5 mg
Lisinopril dihydrate 10 mg tablets
Enalapril maleate 20 mg
Captopril 25 mg tablets
Losartan potassium 50 mg film-coated tablets
Candesartan cilexetil 8 mg tablets
Irbesartan 150 mg tablets
Valsartan 80 mg capsules
Olmesartan medoxomil 20 mg
Telmisartan 40 mg tablets
Entresto 49 mg/51 mg
Bisoprolol fumarate 2.5 mg tablets
Atenolol 50 mg tablets
Metoprolol tartrate 50 mg
Propranolol hydrochloride 40 mg tablets
Nebivolol 5 mg tablets
Carvedilol 6.25 mg
Sotalol 80 mg tablets
Furosemide 40 mg tablets
Bumetanide 1 mg
Spironolactone 25 mg film-coated tablets
Eplerenone 25 mg
Amiloride 5 mg tablets
Doxazosin mesilate 4 mg
Isosorbide mononitrate 60 mg XL
Nicorandil 10 mg
Ivabradine 5 mg
Ranolazine 500 mg prolonged-release
Amiodarone hydrochloride 200 mg
Flecainide acetate 50 mg
Clopidogrel 75 mg tablets
Ticagrelor 90 mg
Aspirin 75 mg dispersible tablets
Omeprazole 20 mg gastro-resistant capsules
Esomeprazole magnesium dihydrate 20 mg
Nexium 40 mg gastro-resistant tablets
Lansoprazole 30 mg orodispersible
Pantoprazole sodium sesquihydrate 40 mg
Rabeprazole sodium 20 mg
Famotidine 20 mg
Domperidone 10 mg
Metoclopramide hydrochloride 10 mg
Ondansetron 4 mg
Loperamide 2 mg capsules
Mebeverine hydrochloride 135 mg
Peppermint oil capsules Colpermin
Lactulose 3.3 g/5 ml oral solution
Senna 7.5 mg tablets
Docusate sodium 100 mg
Sodium picosulfate 5 mg/5 ml
Metformin hydrochloride 500 mg tablets
Gliclazide 80 mg
Sitagliptin 100 mg
Linagliptin 5 mg Trajenta
Empagliflozin 10 mg Jardiance
Dapagliflozin 10 mg Forxiga
Ozempic 0.5 mg solution for injection
NovoRapid FlexPen 100 units/ml
Lantus SoloStar
Salbutamol 100 micrograms inhaler
Ventolin Evohaler
Clenil Modulite 100 micrograms
Fostair 100/6
Symbicort Turbohaler 200/6
Seretide 250 Accuhaler
Spiriva 18 microgram inhalation powder
Montelukast sodium 10 mg
Cetirizine hydrochloride 10 mg
Loratadine 10 mg
Fexofenadine 120 mg
Chlorphenamine maleate 4 mg
Beconase nasal spray
Sertraline 50 mg film-coated tablets
Citalopram hydrobromide 20 mg
Escitalopram oxalate 10 mg
Fluoxetine 20 mg capsules
Mirtazapine 15 mg orodispersible
Venlafaxine 75 mg XL
Duloxetine 60 mg
Amitriptyline hydrochloride 10 mg
Trazodone 50 mg
Diazepam 2 mg
Zopiclone 7.5 mg
Melatonin 2 mg prolonged-release Circadin
Quetiapine fumarate 25 mg
Olanzapine 5 mg
Risperidone 1 mg
Aripiprazole 10 mg
Lithium carbonate 400 mg Priadel
Lamotrigine 100 mg
Levetiracetam 500 mg Keppra
Sodium valproate 200 mg Epilim
Pregabalin 75 mg
Gabapentin 300 mg
Topiramate 50 mg
Donepezil 10 mg
Memantine 20 mg
Co-careldopa 25/100 Sinemet
Madopar 125
Ropinirole 2 mg
Pramipexole 0.18 mg
Paracetamol 500 mg caplets
Co-codamol 30/500
Ibuprofen 400 mg
Ibuprofen lysine 342 mg Nurofen Express
Naproxen sodium 250 mg
Diclofenac potassium 50 mg
Etoricoxib 60 mg
Celecoxib 200 mg
Tramadol hydrochloride 50 mg
Morphine sulfate 10 mg MST Continus
Oxycodone 5 mg
Buprenorphine 5 micrograms/hour patch
Butec 10 micrograms/hour transdermal patch
Allopurinol 100 mg
Febuxostat 80 mg
Colchicine 500 micrograms
Methotrexate 2.5 mg tablets
Sulfasalazine EN 500 mg
Hydroxychloroquine sulfate 200 mg
Azathioprine 50 mg
Mycophenolate mofetil 500 mg
Tacrolimus 1 mg Adoport
Ciclosporin 50 mg Neoral
Finasteride 5 mg
Tamsulosin hydrochloride 400 micrograms
Solifenacin succinate 5 mg
Mirabegron 50 mg Betmiga
Oxybutynin 5 mg
Sildenafil citrate 50 mg
Tadalafil 20 mg
Microgynon 30
Desogestrel 75 micrograms Cerazette
Evorel 50 transdermal patches
Oestrogel pump-pack 0.06% gel
Utrogestan 100 mg
Tamoxifen citrate 20 mg
Anastrozole 1 mg Arimidex
Letrozole 2.5 mg
Bicalutamide 50 mg Casodex
Acyclovir 400 mg
Valaciclovir 500 mg
Fluconazole 150 mg
Terbinafine 250 mg
Nystatin oral suspension
Nitrofurantoin 100 mg MR
Fosfomycin trometamol 3 g
Fosfomycin calcium 500 mg
Latanoprost 50 micrograms/ml eye drops
Timolol 0.25% eye drops
Dorzolamide eye drops
Hylo-Forte eye drops
Hydroxocobalamin 1 mg/ml injection
Prolia 60 mg pre-filled syringe
Aclasta 5 mg solution for infusion
Acamprosate calcium 333 mg
Campral EC
Calcium folinate 15 mg
Calcium leucovorin
Carbimazole 5 mg
Propylthiouracil 50 mg
Fludrocortisone acetate 100 micrograms
Desmopressin 0.1 mg
Cabergoline 500 micrograms
Tranexamic acid 500 mg
Heparin calcium 5,000 units
Enoxaparin sodium 40 mg Clexane
Tinzaparin
"""

# Germany, Austria, Switzerland.
_GERMAN = """\
ASS 100 protect
Atorvastatin-Calcium 20 mg Filmtabletten
Sortis 40
Rosuvastatin-Calcium 10 mg
Amlodipin 5 mg Tabletten
Norvasc 5
Candesartan 16 mg
Blopress 8
Metoprololsuccinat 47,5 mg Retardtabletten
Beloc-Zok mite
Concor 5
Torasemid 10 mg
Pantozol 40
Nexium mups 20
Iberogast Tropfen
Novaminsulfon 500
Novalgin Tropfen
Diclac 75 ID
Voltaren Schmerzgel forte
Ibuflam 600
Arcoxia 60
Lyrica 75
Trittico retard
Cipralex 10
Cymbalta 60
Opipramol 50
Zolpidem 10
Madopar LT
Stalevo 100/25/200
Trimipramin
Siofor 1000
Janumet 50/1000
Xigduo
Toujeo DoubleStar
Foster Nexthaler
Salbutamol-ratiopharm N Dosieraerosol
Viani Diskus
Cetirizin Hexal
Allopurinol 300 Heumann
Tamsulosin 0,4
Vagifem 10
Gynokadin Gel
Femoston conti
Cerazette
Tambocor
Clopidogrel 75 Zentiva
Brilique 90
Ezetrol 10
Nebilet 5
Physiotens 0,3
Procoralan
Aldactone 50
Dolo-Dobendan Lutschtabletten
Otriven Nasenspray
Bepanthen Augensalbe
Xalatan Augentropfen
Isotret
Enzym-Lefax
Kreon 25000
Movicol Beutel
Laxoberal Tropfen
Buscopan plus
Mydocalm
Sirdalud 4
MTX 15 mg Fertigspritze
Humira Pen
Forsteo
Zoledronsäure Infusion 4 mg
Calciumfolinat 15 mg
Calciumdobesilat 500 mg
Doxium 500
Magnesiumvalproat
"""

# France, Belgium, Quebec.
_FRENCH = """\
Doliprane 1000 mg comprimé
Dafalgan Codéine
Efferalgan 500
Kardégic 75 mg
Plavix 75 mg
Tahor 20 mg
Amlor 5 mg gélule
Coaprovel 300/12,5
Aprovel 150 mg
Coversyl 5 mg
Triatec 5 mg
Bisoprolol Biogaran
Lasilix 40 mg
Aldalix
Inexium 40 mg
Mopral 20
Spasfon Lyoc
Smecta sachet
Forlax 10 g
Levocarnil
Deroxat 20 mg
Seroplex 10
Stilnox 10
Lexomil
Xanax 0,25
Rivotril
Glucophage 850
Diamicron 60
Ventoline
Solupred 20 mg orodispersible
Zyrtecset
Aerius 5
Levothyrox 75 µg
Thyrozol
Permixon
Jasmine
Optimizette
Duphaston
Zelitrex
Isoprinosine
"""

# Italy, Spain, Portugal, Latin America.
_SOUTHERN = """\
Cardioaspirin 100 mg
Torvast 20 mg
Atorvastatina cálcica 40 mg
Rosuvastatina cálcica
Pantorc 20
Esomeprazol magnésico 40 mg
Omeprazol Cinfa
Enalapril cinfa 20
Losartan potásico 50 mg
Valsartan 160
Bisoprololo
Lasix 25 mg
Eutirox 100
Tachipirina 1000
Nolotil 575
Metamizol magnésico 575 mg
Metamizol sódico
Enantyum 25
Ibuprofene
Adiro 100
Lorazepam 1 mg
Orfidal
Trankimazin
Escitalopram Normon
Metformina 850
Janumet
Symbicort
Ventolin inhalador
Atrovent
Singulair 10
Urorec 8
Omnic Ocas
Zaldiar
Paracetamol Kern
Amoxicilina clavulánico
Fosfocina 500
Dulcolax
Movicol
Pariet
Zantac
Zyloric
Xyzal
Plantaben
"""

# The United States and Canada.
_AMERICAN = """\
Lipitor 20 mg tablet
Atorvastatin Calcium Tablets USP 80 mg
Rosuvastatin Calcium Tablets
Pitavastatin calcium 2 mg Livalo
Nexium 24HR
Esomeprazole magnesium delayed-release capsules USP
Prilosec OTC
Omeprazole magnesium 20.6 mg
Protonix
Dexilant
Pepcid AC
Imodium A-D
Norvasc 10 mg
Toprol-XL 25 mg
Metoprolol succinate ER
Coreg
Zestril
Cozaar
Benicar
Diltzac
Lasix
Bumex
Aldactone
Klor-Con M20
Eliquis
Brilinta
Effient
Advil Liqui-Gels
Aleve
Tylenol Extra Strength
Celebrex
Ultram
Percocet
Neurontin
Cymbalta
Lexapro
Zoloft
Wellbutrin XL
Trazodone
Ambien
Ativan
Klonopin
Adderall XR
Vyvanse
Concerta
Strattera
Abilify
Seroquel
Lamictal
Topamax
Aricept
Namenda
Farxiga
Januvia
Glucotrol
Mounjaro pen
Trulicity
Humalog KwikPen
Basaglar
Advair Diskus
Breo Ellipta
ProAir HFA
Flonase Allergy Relief
Singulair
Claritin
Zyrtec
Allegra
Benadryl
Flomax
Proscar
Cialis
Myrbetriq
Vesicare
Estrace cream
Premarin
Yaz
Plan B
Synthroid 88 mcg
Methimazole
Plaquenil
Otezla
Humira
Enbrel SureClick
Stelara
Restasis
Lumigan
Fenoprofen calcium 600 mg
Raltegravir potassium
Penicillin V potassium
Diclofenac sodium topical gel 1%
Voltaren Arthritis Pain gel
Calcitonin salmon nasal spray
Calcium acetylhomotaurinate
Fosinopril sodium
Cefditoren pivoxil
Montelukast
"""

# Other languages and countries, as they are written there.
_ELSEWHERE = """\
Trombyl 75 mg
Alvedon 500
Losec Mups
Atacand 8 mg
Hjertemagnyl
Cardiomagnyl 75 mg
Kaleorid 750
Selo-Zok
Pinex
Panodil
Polocard
Acard 75
Bisocard 5
Polpril
Nebilenin
Ketonal
Egilok
Prestarium
Detralex 1000
Concor Cor
Betaloc
Zodac
Milurit
Frontin
Kvamatel
Panadol Osteo
Nurofen
Coversyl
Lipostat
Karvea
Micardis
Caduet 10/40
Nexium HP7
Somac
Mobic
Telfast
Eltroxin
Ecosprin 75
Telma 40
Glycomet GP 1
Pan D
Dolo 650
Thyronorm 50
Amlong
Rosuvas 10
"""

OF_OTHER_SUBSTANCES = tuple(
    line
    for country in (_BRITISH, _GERMAN, _FRENCH, _SOUTHERN, _AMERICAN, _ELSEWHERE)
    for line in country.splitlines()
)

# Swallowed for the mineral itself, in the words of labels.
OF_MINERALS = tuple(
    """\
Ferrous fumarate 210 mg tablets
Ferrous sulfate 200 mg
Ferro sanol duodenal 100 mg
Tardyferon 80 mg
Galfer 305 mg capsules
Iron bisglycinate 25 mg
Magnesium glycinate 400 mg
Magnesium 400 mg
Magnesiumcitrat 300
Magnesium Verla
Magnesium-Sandoz forte
Calcium carbonate 1.25 g chewable tablets
Adcal-D3 chewable tablets
Calcichew D3 Forte
Calcium Sandoz 500 mg Brausetabletten
Caltrate 600
Calcium citrate
Zinc picolinate 22 mg
Zinc gluconate lozenges
Zinkorotat
Zink 25 mg
Milk of magnesia
Fer 80 mg
Hierro 100 mg
Calcio carbonato
Magnesio citrato
Gaviscon Advance
Gaviscon menthe suspension buvable
Maalox maux d'estomac
""".splitlines()
)
