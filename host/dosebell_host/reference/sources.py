"""Where the rules come from, and how far each source was read.

Level V1: its own text was read. V2: only somebody else's restatement of it. House: a choice of
dosebell. A source without an address was read in a copy that should not be cited.
"""

from typing import Any, NamedTuple

LEVELS = {
    "V1": "its own text, or its abstract, was read",
    "V2": "known from what others write of it",
    "house": "a choice of dosebell",
    "article": "a popular article, no authority",
}


class Source(NamedTuple):
    """One source; `key` is how rules and `--explain` call it."""

    key: str
    title: str
    urls: tuple[str, ...]
    level: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.key, "title": self.title, "urls": list(self.urls), "level": self.level}


def _source(key: str, level: str, title: str, *urls: str) -> Source:
    return Source(key, title, urls, level)


_ALL = (
    _source(
        "1",
        "V1",
        "NIH ODS, vitamin K, for health professionals",
        "https://ods.od.nih.gov/factsheets/vitaminK-HealthProfessional/",
    ),
    _source(
        "2",
        "V1",
        "IOM 2001, vitamin K: adequate intake 120/90 mcg, no upper level",
        "https://www.ncbi.nlm.nih.gov/books/NBK222299/",
    ),
    _source(
        "3",
        "V1",
        "EFSA 2017, vitamin K: 70 mcg for adults, as K1",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7010012",
    ),
    _source(
        "4",
        "V1",
        "NHS, vitamin K: 1 mg or less a day is unlikely to harm",
        "http://nhs.uk/conditions/vitamins-and-minerals/vitamin-k/",
    ),
    _source("5", "V1", "EFSA 2012: K2 and heart or vessels, cause and effect not established"),
    _source(
        "6",
        "V1",
        "Theuwissen 2013, J Thromb Haemost: MK-7 at 10 to 45 mcg and the INR",
        "http://onlinelibrary.wiley.com/doi/10.1111/jth.12203/abstract",
    ),
    _source(
        "7",
        "V1",
        "Schurgers 2007, Blood: MK-7 stays long in the blood",
        "http://ashpublications.net/blood/article/109/8/3279/23729/"
        "Vitamin-K-containing-dietary-supplements",
    ),
    _source(
        "8",
        "V1",
        "Glakay (MK-4) label, Eisai: 45 mg in 3 doses after meals",
        "https://expydoc.com/doc/3639306/glakay",
        "https://faq-medical.eisai.jp/faq/show/1942?category_id=21&site_domain=faq",
    ),
    _source(
        "9",
        "V1",
        "Uematsu 1996, J Pharm Sci: MK-4 and the fat of the meal",
        "https://acnpsearch.tweb-dev.unibo.it/singlejournalindex/20016075",
    ),
    _source(
        "10",
        "V1",
        "Sato 2012, Nutr J: MK-4 and MK-7 in the blood",
        "https://pubmed.ncbi.nlm.nih.gov/23140417/",
    ),
    _source(
        "11",
        "V1",
        "Mulligan & Licata 2010, JBMR: vitamin D with the largest meal",
        "https://www.webmd.com/diet/news/20100507/take-vitamin-d-with-largest-meal",
    ),
    _source(
        "12",
        "V1",
        "Dawson-Hughes 2015: fat in the meal, +32 %",
        "http://dx.doi.org/10.1016/j.jand.2014.09.014",
    ),
    _source(
        "13",
        "V1",
        "Dawson-Hughes 2013, JBMR: the meal did not change 25(OH)D",
        "http://onlinelibrary.wiley.com/doi/10.1002/jbmr.1896/full",
    ),
    _source(
        "14",
        "V1",
        "Raimundo 2011: 25.6 g against 1.7 g of fat",
        "https://doi.org/10.1155/2011/809069",
    ),
    _source(
        "15",
        "V1",
        "IOM 2011, calcium and vitamin D: 20 ng/mL is enough, above 50 is a concern",
        "http://books.nap.edu/openbook.php?record_id=13050&page=14",
    ),
    _source(
        "16",
        "V1",
        "EFSA 2023, vitamin D: upper level 100 mcg, harm seen at 250 mcg",
        "https://doi.org/10.2903/j.efsa.2023.8145",
    ),
    _source(
        "17",
        "V2",
        "NHS, vitamin D: not more than 100 mcg (4,000 IU) a day",
        "https://www.nhs.uk/conditions/vitamins-and-minerals/vitamin-d/",
        "https://healthify.nz/medicines-a-z/v/vitamin-d-supplements-for-adults",
    ),
    _source(
        "18",
        "V1",
        "Endocrine Society 2024, vitamin D: 600/800 IU; against routine blood tests",
        "https://endocrine.org/clinical-practice-guidelines/vitamin-d-for-prevention-of-disease",
        "https://eguideline.guidelinecentral.com/i/1522405/2",
    ),
    _source(
        "18b",
        "V2",
        "Endocrine Society 2024: small daily doses rather than spaced high ones after 50",
        "https://dailyhealthways.com/archives/9922",
    ),
    _source(
        "19",
        "V2",
        "Endocrine Society 2011 (superseded): 30 to 100 ng/mL",
        "https://www.endocrineweb.com/professional/endoscan/201105/abstract/"
        "evaluation-treatment-prevention-vitamin-d-deficiency-endocrine",
    ),
    _source(
        "20",
        "V1",
        "UK product information, Fultium-D3",
        "https://medicines.org.uk/emc/product/2813",
    ),
    _source(
        "21",
        "V1",
        "UK product information, colecalciferol oral solution",
        "https://medicines.org.uk/emc/product/8091/smpc",
    ),
    _source(
        "22",
        "V1",
        "UK product information, Kalcipos-D (calcium + D)",
        "http://www.medicines.org.uk/emc/product/4481/smpc",
    ),
    _source(
        "23",
        "V1",
        "Swiss label, interactions of vitamin D",
        "https://ch.oddb.org/en/gcc/fachinfo/reg/65698/chapter/interactions",
    ),
    _source(
        "23b",
        "V1",
        "Calcifediol label: not together with other forms of vitamin D",
        "https://sit.mimsdev.com/hongkong/drug/info/hidroferol/drug-interactions",
    ),
    _source(
        "24",
        "V1",
        "Mayo Clinic, interactions of vitamin D",
        "https://www.mymlc.com/health-information/articles/v/vitamin-d?section=Interactions",
    ),
    _source(
        "25",
        "V2",
        "Examine, restating the interactions that NIH ODS lists",
        "https://cf.examinecdn.com/supplements/vitamin-d/faq/"
        "do-vitamin-d-supplements-interact-with-any-medications",
    ),
    _source(
        "26",
        "V1",
        "Drugs.com, cholestyramine and vitamins",
        "https://www.drugs.com/drug-interactions/cholestyramine-with-multivitamin-648-0-1661-0.html",
    ),
    _source(
        "28",
        "V1",
        "VKM 2016 (IOM: 350 mg) and BfR 2017 (Europe: 250 mg), magnesium",
        "https://www.vkm.no/english/riskassessments/allpublications/"
        "riskassessmentofmagnesiuminfoodsupplements.4.2375207615dac0245aee5130.html",
        "https://www.bfr.bund.de/en/press_information/2017/50/"
        "bfr_assesses_maximum_daily_level_for_magnesium_in_food_supplements-202892.html",
    ),
    _source(
        "28b",
        "V2",
        "NHS, magnesium: 400 mg or less from supplements; caution with the kidneys",
        "https://www.nhs.uk/conditions/vitamins-and-minerals/others/",
    ),
    _source(
        "29",
        "V2",
        "NIH ODS, interactions of magnesium",
        "https://ods.od.nih.gov/factsheets/Magnesium-HealthProfessional/",
    ),
    _source(
        "31",
        "V2",
        "Oral bisphosphonates and minerals (labels, restated)",
        "http://origin-www.webmd.com/drugs/2/drug-7405/ferosul-oral/details/"
        "list-interaction-details/dmid-1660/dmtitle-oral-multivalent-cations-oral-bisphosphonates/"
        "intrtype-drug",
        "https://care.med.sa/en/view-news/171",
    ),
    _source(
        "32",
        "V1",
        "Ciprofloxacin and an antacid, 1989: 6 hours after it or 2 before it changed nothing",
        "https://www.ncbi.nlm.nih.gov/pubmed/2598571",
    ),
    _source(
        "34",
        "V1",
        "Vitamin A: upper level 3,000 mcg RAE; NHS Wales 1.5 mg",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC8172008/",
        "https://111.wales.nhs.uk/encyclopaedia/v/article/Vitaminsandminerals",
        "https://jamanetwork.com/journals/jama/fullarticle/194525",
        "https://www.ncbi.nlm.nih.gov/pubmed/11585356",
        "https://www.ncbi.nlm.nih.gov/pubmed/35105698",
    ),
    _source(
        "35",
        "V1",
        "NIH/USDA, unit conversions of vitamins",
        "https://dietarysupplementdatabase.usda.nih.gov/conversions.html",
    ),
    _source(
        "36",
        "V1",
        "Golan 2013, Mason 2016, Larsen 2021, Abboud 2022: vitamin D and sleep",
        "https://multiple-sclerosis-research.org/2013/05/should-project-vd-be-project-m/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC5118122",
        "https://doi.org/10.1016/j.sleepx.2021.100040",
        "https://doi.org/10.3390/nu14051076",
    ),
    _source(
        "37",
        "V1",
        "AVADEC 2022, Circulation: MK-7 and D, two years, no effect on calcification",
        "https://doi.org/10.1161/CIRCULATIONAHA.121.057008",
    ),
    _source(
        "39",
        "V2",
        "Sanders 2010, JAMA: 500,000 IU once a year, more falls and fractures",
        "https://www.clinicaladvisor.com/home/evidence-based-medicine/"
        "single-high-dose-of-vitamin-d3-annually-increases-risk-of-falls-and-fractures-in-elderly-women/",
    ),
    _source(
        "40",
        "V1",
        "NHS Lanarkshire and Bedfordshire formularies, UK and Singapore labels",
        "https://nhslguidelines.scot.nhs.uk/medicines-guidance/joint-adult-formulary/"
        "chapter-9-nutrition-and-blood/vitamins/vitamin-d/",
        "https://v9.netformulary.co.uk/FormularyDetails?GroupID=551",
        "https://medicines.org.uk/emc/product/7041/smpc",
        "https://sit.mimsdev.com/singapore/drug/info/d-cure/dosage",
    ),
    _source(
        "41",
        "V1",
        "My Medicines (Te Whatu Ora, New Zealand), a missed dose; ViDAL trial",
        "https://mymedicines.nz/Home/sheet/7lRXtzLdz9g=?format=inline",
        "https://vidal.lshtm.ac.uk/study-medication/",
    ),
    _source(
        "42",
        "V1",
        "USDA SR28, fat in foods (a copy of its data)",
        "https://github.com/masilver99/SR28-PSQL",
    ),
    _source("44", "V1", "Own sum: magnesium is 24.305 of 172.42 in the glycinate, 14.1 %"),
    _source(
        "45",
        "V1",
        "Blood thinners compared: food and vitamin K",
        "https://www.annphlebology.org/journal/popup_file.html?uid=115&file=&md=tbl&idx=1",
    ),
    _source(
        "46",
        "V2",
        "Vitamin K and long courses of antibiotics",
        "https://stlukes-stl.com/health-content/medicine/33/000998.htm",
    ),
    _source(
        "48",
        "V1",
        "UK patient leaflet, Colextra-D3 20,000 IU",
        "https://patient-info.co.uk/colextra-d3-20-000-iu-capsules-soft-89508/patient-leaflet",
    ),
    _source(
        "51",
        "V1",
        "NHS Royal Devon, vitamins in pregnancy",
        "https://www.royaldevon.nhs.uk/services/maternity-and-obstetrics-birth-and-babies/"
        "vitamins-and-supplements/",
    ),
    _source(
        "60",
        "V1",
        "Mayo Clinic, levothyroxine: what gets in its way; FDA, label change of 2008: 4 hours",
        "https://www.mayoclinic.org/drugs-supplements/levothyroxine-oral-route/description/"
        "drg-20072133",
        "http://www.fda.gov/Safety/MedWatch/SafetyInformation/"
        "Safety-RelatedDrugLabelingChanges/ucm117811.htm",
    ),
    _source(
        "61",
        "V1",
        "US label, moxifloxacin: 4 hours before or 8 after; Mayo Clinic, ciprofloxacin",
        "https://fda.report/DailyMed/78039242-3472-0b54-e053-2a91aa0a2651",
        "https://www.mayoclinic.org/drugs-supplements/ciprofloxacin-oral-route/description/"
        "drg-20072288",
        "https://www.mayoclinic.org/drugs-supplements/moxifloxacin-oral-route/description/"
        "drg-20072313",
    ),
    _source(
        "61b",
        "V1",
        "Label of levofloxacin (MIMS Malaysia): 2 hours before or after it",
        "https://prdmimsweb.azurewebsites.net/malaysia/drug/info/levores/drug-interactions",
    ),
    _source(
        "61c",
        "V2",
        "Hours of each quinolone (labels, restated): ofloxacin, norfloxacin, delafloxacin",
        "http://origin-www.webmd.com/drugs/2/drug-14495-8235/levofloxacin-oral/levofloxacin-oral/"
        "details/list-interaction-details/dmid-1095/"
        "dmtitle-quinolones-oral-didanosine-pediatric-suspensionantacids/intrtype-drug",
        "https://www.pdr.net/drug-summary/Baxdela-delafloxacin-24113",
    ),
    _source(
        "62",
        "V1",
        "Mayo Clinic, alendronate, risedronate and ibandronate: how they are taken",
        "https://www.mayoclinic.org/drugs-supplements/alendronate-oral-route/description/"
        "drg-20061571",
        "https://www.mayoclinic.org/drugs-supplements/risedronate-oral-route/description/"
        "drg-20067115",
        "https://www.mayoclinic.org/drugs-supplements/ibandronate-oral-route/description/"
        "drg-20068079",
    ),
    _source(
        "62b",
        "V2",
        "Risedronate that only the gut dissolves: with or right after breakfast (label, restated)",
        "https://medic.hrt.org/monograph/risedronate-delayed-release-oral",
    ),
    _source(
        "63",
        "V1",
        "Mayo Clinic, isotretinoin: no vitamin A unless the doctor says so",
        "https://www.mayoclinic.org/drugs-supplements/isotretinoin-oral-route/description/"
        "drg-20068178",
    ),
    _source(
        "63b",
        "V1",
        "UK product information, acitretin (MHRA, in a copy): not with vitamin A",
        "https://rxreasoner.com/monographs/acitretin/precautions",
        "https://www.mayoclinic.org/drugs-supplements/acitretin-oral-route/description/"
        "drg-20061491",
    ),
    _source(
        "63c",
        "V1",
        "Manufacturer of Targretin (bexarotene): limit vitamin A supplements",
        "https://www.wellbutrinxl.com/targretin-hcp/safety/",
        "https://www.mayoclinic.org/drugs-supplements/bexarotene-oral-route/description/"
        "drg-20067969",
    ),
    _source(
        "64a",
        "V1",
        "Mayo Clinic, cefdinir: 2 hours from iron and antacids",
        "https://www.mayoclinic.org/drugs-supplements/cefdinir-oral-route/description/"
        "drg-20073288",
    ),
    _source(
        "64b",
        "V1",
        "Mayo Clinic, mycophenolate: antacids 2 hours after it; US label: not together",
        "https://www.mayoclinic.org/drugs-supplements/mycophenolate-mofetil-oral-route/"
        "description/drg-20073191",
        "https://pdfdrug.com/m/mylan.com1.html",
    ),
    _source(
        "64c",
        "V1",
        "Mayo Clinic, dolutegravir and bictegravir: 2 hours before or 6 after",
        "https://www.mayoclinic.org/drugs-supplements/dolutegravir-oral-route/description/"
        "drg-20061287",
        "https://www.mayoclinic.org/drugs-supplements/"
        "bictegravir-emtricitabine-and-tenofovir-alafenamide-oral-route/description/drg-20444471",
    ),
    _source(
        "64g",
        "V2",
        "Drugs.com, elvitegravir (2 hours) and oral cabotegravir (2 hours after, 4 before)",
        "https://www.drugs.com/drug-interactions/"
        "magnesium-hydroxide-mineral-oil-with-vitekta-1514-0-3564-16899.html?professional=1",
        "https://www.drugs.com/food-interactions/cabotegravir.html?professional=1",
    ),
    _source(
        "64h",
        "V2",
        "Drugs.com, raltegravir: antacids with aluminium or magnesium, up to 6 hours apart",
        "https://www.drugs.com/drug-interactions/mst-with-raltegravir-1517-4639-2413-0.html"
        "?professional=1",
    ),
    _source(
        "64d",
        "V1",
        "Mayo Clinic, eltrombopag: minerals 4 hours before or 2 after it",
        "https://www.mayoclinic.org/drugs-supplements/eltrombopag-oral-route/description/"
        "drg-20072443",
    ),
    _source(
        "64e",
        "V1",
        "Mayo Clinic, penicillamine (2 hours) and deferiprone (4 hours)",
        "https://www.mayoclinic.org/drugs-supplements/penicillamine-oral-route/description/"
        "drg-20065377",
        "https://www.mayoclinic.org/drugs-supplements/deferiprone-oral-route/description/"
        "drg-20075285",
    ),
    _source(
        "64f",
        "V1",
        "Mayo Clinic, hydroxychloroquine (4 hours) and rosuvastatin (2 hours): antacids",
        "https://www.mayoclinic.org/drugs-supplements/hydroxychloroquine-oral-route/"
        "description/drg-20064216",
        "https://www.mayoclinic.org/drugs-supplements/rosuvastatin-oral-route/description/"
        "drg-20065889",
    ),
    _source(
        "66",
        "V1",
        "FDA, label change of carbidopa 2014: caution with iron",
        "http://www.fda.gov/Safety/MedWatch/SafetyInformation/ucm388773.htm",
        "https://www.mayoclinic.org/drugs-supplements/carbidopa-and-levodopa-oral-route/"
        "description/drg-20095211",
        "https://www.mayoclinic.org/drugs-supplements/methyldopa-oral-route-intravenous-route/"
        "description/drg-20067791",
    ),
    _source(
        "66b",
        "V2",
        "Drugs.com, mycophenolate and iron: studies that disagree",
        "https://www.drugs.com/drug-interactions/"
        "cellcept-with-nicazel-1671-1036-1665-15026.html?professional=1",
    ),
    _source(
        "67",
        "V1",
        "Mayo Clinic, orlistat: vitamins 2 hours before or after, or at bedtime",
        "https://www.mayoclinic.org/drugs-supplements/orlistat-oral-route/description/"
        "drg-20065184",
    ),
    _source(
        "67b",
        "V1",
        "Mayo Clinic, colesevelam: vitamins 4 hours before it",
        "https://www.mayoclinic.org/drugs-supplements/colesevelam-oral-route/description/"
        "drg-20063133",
    ),
    _source(
        "68",
        "V1",
        "Mayo Clinic and UK product information, colecalciferol: signs of too much calcium",
        "https://www.mayoclinic.org/diseases-conditions/hypercalcemia/symptoms-causes/"
        "syc-20355523",
        "https://medicines.org.uk/emc/product/7263/smpc",
    ),
    _source(
        "69",
        "V1",
        "Han 2016, Practical Gastroenterology: vitamin D in illnesses of the gut",
        "https://studylib.net/doc/18765298/"
        "vitamin-d-deficiencies-in-patients-with-disorders-of-the-...",
    ),
    _source(
        "69b",
        "V1",
        "Mayo Clinic, primary biliary and sclerosing cholangitis: vitamins A, D, E and K",
    ),
    _source(
        "55",
        "V1",
        "Food Standards Scotland and NHS, calcium: 1,500 mg or less from supplements",
        "https://www.foodstandards.gov.scot/consumers/healthy-eating/nutrition/"
        "vitamins-minerals/folic-acid",
        "https://www.nhs.uk/conditions/vitamins-and-minerals/calcium/",
    ),
    _source(
        "56",
        "V1",
        "EFSA 2012, calcium: upper level 2,500 mg for adults, food and supplements together",
        "http://www.efsa.europa.eu/en/efsajournal/pub/2814.htm",
        "https://www.efsa.europa.eu/da/press/news/120727-0",
    ),
    _source(
        "57",
        "V2",
        "IOM, summary tables of upper levels: vitamins and elements",
        "http://books.nap.edu/openbook.php?record_id=13050&page=1103",
    ),
    _source(
        "57b",
        "V1",
        "EFSA 2024, iron: safe level 40 mg; EFSA 2023, selenium: upper level 255 mcg",
        "https://agenparl.eu/2024/06/12/efsa-news-efsa-sets-safe-levels-for-iron-intake",
        "https://doi.org/10.2903/j.efsa.2023.7704",
    ),
    _source(
        "57c",
        "V2",
        "EFSA 2023, vitamin B6: 12 mg; SCF and EFSA: zinc 25 mg, iodine 600 mcg, vitamin E 300 mg",
        "https://dfi.univet.hu/en/"
        "efsa-has-reduced-the-upper-safe-limit-of-vitamin-b6-and-selenium/",
        "https://docslib.org/doc/8456595/tolerable-upper-intake-levels-for-vitamins-and-minerals",
    ),
    _source(
        "57d",
        "V1",
        "IOM, upper levels of vitamins, in a book of NCBI: niacin, folate, vitamin C, choline",
        "https://www.ncbi.nlm.nih.gov/books/NBK278991/table/diet-treatment-obes.table17die/",
    ),
    _source(
        "57e",
        "V2",
        "Levels of IOM and EFSA side by side: copper, manganese, molybdenum, folate",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7231601/table/tbl5",
    ),
    _source(
        "58",
        "V2",
        "NIH ODS, vitamin E: less clotting, and more bleeding from 400 IU a day",
        "https://ods.od.nih.gov/factsheets/VitaminE-HealthProfessional/",
        "https://www.mayoclinic.org/drugs-supplements/vitamin-e-oral-route/description/"
        "drg-20068918",
    ),
    _source(
        "58b",
        "V1",
        "UK product information, vitamin E (high doses): anticoagulants, platelets; Mayo Clinic",
        "https://medicines.org.uk/emc/product/14884/smpc",
        "http://www.mayoclinic.org/drugs-supplements/vitamin-e/interactions/hrb-20060476",
    ),
    _source(
        "59",
        "V2",
        "FDA 2017 and 2019: biotin may falsify blood tests",
        "https://www.fda.gov/Safety/MedWatch/SafetyInformation/"
        "SafetyAlertsforHumanMedicalProducts/ucm586641.htm",
        "https://www.aha.org/news/headline/2017-11-30-fda-warns-biotin-may-interfere-lab-tests",
    ),
    _source(
        "59b",
        "V1",
        "Laboratory Testing in Thyroid Conditions 2019: how illnesses of the thyroid are followed",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC6143469",
    ),
    _source(
        "65",
        "V1",
        "KDIGO 2012, stages of kidney disease (reprinted in the Cleveland Clinic Journal)",
        "https://www.ccjm.org/highwire/markup/1488/expansion?height=500&iframe=true&width=1000",
    ),
    _source(
        "70",
        "V2",
        "Names of vitamin K antagonists by country (acenocoumarol; warfarin from sellers' lists)",
        "https://wagem.org/drug/acenocoumarol/",
        "https://wikisum.wiki/wiki/Phenprocoumon",
    ),
    _source(
        "71",
        "V1",
        "German and Swiss registers: Ramipril comp, Blopress plus, BisoHexal plus (composition)",
        "https://myhealthbox.eu/de/ramipril-comp-ct-5-mg-25-mg-tabletten/270877",
        "https://myhealthbox.eu/de/blopress-plus-8-125-mg-tabletten/3637574",
        "https://myhealthbox.eu/de/bisohexal-plus-10-25-filmtablette/269212",
    ),
    _source(
        "71b",
        "V1",
        "Australian leaflet, Coversyl Plus: perindopril with indapamide, a diuretic; Singapore's"
        " register has it as ATC C09BA04",
        "https://www.nps.org.au/medicine/sync?cid=a6803e6d-9e37-431b-8cfa-a53300ff53e5",
    ),
    _source(
        "72",
        "V1",
        "UK product information, Adcal-D3: 400 IU a tablet, 200 a caplet",
        "https://www.medicines.org.uk/emc/product/401/smpc/print",
        "https://www.medicines.org.uk/emc/product/4723/pil",
    ),
    _source(
        "73",
        "V1",
        "EMA, Fosavance: 2,800 or 5,600 IU of vitamin D in one tablet once a week",
        "http://www.ema.europa.eu/ema/index.jsp?curl=pages/medicines/human/medicines/000619/"
        "human_med_000800.jsp&mid=WC0b01ac058001d124",
    ),
    _source(
        "74",
        "V2",
        "Moxifloxacin eye drops: far less in the blood than from tablets (label, restated)",
        "https://www.rxreasoner.com/monographs/moxivig/precautions",
        "https://www.medicines.org.uk/emc/product/5721/smpc",
    ),
    _source(
        "75",
        "V1",
        "UK leaflet, ibandronic acid 3 mg: an injection into a vein by a professional",
        "https://www.drugs.com/uk/ibandronic-acid-strides-3-mg-solution-for-injection-leaflet.html",
    ),
    _source(
        "76",
        "V1",
        "Johnson 2005, Nutrition Reviews: MK-7 of natto and the INR (abstract)",
        "https://doi.org/10.1111/j.1753-4887.2005.tb00126.x",
    ),
    _source(
        "77",
        "V1",
        "Gröber 2017, Nutrients: magnesium through the skin is not supported (abstract)",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC5579607",
    ),
    _source(
        "78",
        "V1",
        "UK product information, Calcichew 500 mg (calcium alone): contraindications, thiazides",
        "https://www.rxreasoner.com/monographs/7214/precautions",
        "https://medicines.org.uk/emc/product/12847/smpc",
    ),
    _source(
        "78b",
        "V1",
        "UK product information, calcium lactate and calcium gluconate (MHRA, in a copy): digoxin",
        "https://rxreasoner.com/monographs/calcium-lactate/precautions",
        "https://rxreasoner.com/monographs/effervescent/precautions",
    ),
    _source(
        "78c",
        "V2",
        "Label of calcium carbonate 500 mg (MIMS Philippines): heart and calcium are checked",
        "https://uat.mimsdev.com/philippines/drug/info/khriz-care-calcium-carbonate/"
        "drug-interactions",
    ),
    _source(
        "79",
        "V1",
        "Manufacturer of Rocaltrol (calcitriol): calcium taken besides is discussed with a doctor",
        "http://rocaltrol.us/patient/hypo_how_take.php",
        "http://rocaltrol.us/pro/safety_precautions.php",
    ),
    _source(
        "80",
        "V1",
        "UC San Diego Health, anticoagulation guidelines: supplements beside warfarin",
        "https://health.ucsd.edu/for-health-care-professionals/anticoagulation-guidelines/warfarin/"
        "Pages/supplement-interactions.aspx",
    ),
    _source(
        "80b",
        "V1",
        "EFSA, glucosamine beside coumarin anticoagulants: a risk, and no amount is known",
        "http://www.efsa.europa.eu/en/efsajournal/doc/2473.pdf",
    ),
    _source(
        "81",
        "V1",
        "Cleveland Clinic Journal of Medicine, ACE inhibitors and ARBs tend to raise potassium",
        "https://www.ccjm.org/content/86/9/601.full.txt",
    ),
    _source(
        "81b",
        "V2",
        "Leaflet of potassium chloride, in a copy: kidneys, spironolactone, triamterene",
        "https://publicdrugratings-frontend.sermo.com/drug-ratings/klor-con-m20",
    ),
    _source("house", "house", "A choice of dosebell"),
    _source("article", "article", "Two popular articles on D3 and K2; no authority was found"),
)

SOURCES: dict[str, Source] = {source.key: source for source in _ALL}
