"""Names in scripts that are not spelt letter by letter here: Chinese, Japanese, Korean, Arabic ...

Only what the rules have to know in any script: vitamins, minerals, and the medicines that matter
to them. A name that begins as another one does stands behind it.
What is not here becomes a word that no name has, so that it stays unknown, and that is said: the
calcium of a Chinese atorvastatin is no calcium that is swallowed for itself.
"""

import re
import unicodedata

# What stands for the words that are not known.
UNREAD = "unread"

# (as it is read here, as it is written)
_ROWS = (
    (
        "warfarin",
        "华法林, 華法林, 华法令, ワルファリン, ワーファリン, 와파린, 와르파린, 쿠마딘, وارفارين,"
        " وارفارین, ورفارين, كومادين, וורפרין, ורפרין, קומדין, वारफेरिन, वार्फरिन, वारफारिन,"
        " วาร์ฟาริน, ვარფარინი, վարֆարին, ওয়ারফারিন",
    ),
    (
        "acenocoumarol",
        "醋硝香豆素, アセノクマロール, 아세노쿠마롤, أسينوكومارول, سينتروم, סינטרום",
    ),
    ("phenprocoumon", "苯丙香豆素, フェンプロクモン, 펜프로쿠몬, فينبروكومون"),
    (
        "anticoagulant",
        "抗凝, 血液をサラサラ, 血液サラサラ, 항응고, مضاد للتخثر, مضاد تخثر, مميع للدم, مسيل للدم,"
        " נוגד קרישה, נוגדי קרישה, מדלל דם",
    ),
    (
        "levothyroxine",
        "左甲状腺素, 优甲乐, レボチロキシン, チラーヂン, 레보티록신, 씬지로이드, 씬지록신,"
        " ليفوثيروكسين, يوثيروكس, التروكسين, לבותירוקסין, אלתרוקסין, यूथायरॉक्स, थायरोनॉर्म",
    ),
    (
        "doxycycline",
        "多西环素, 强力霉素, ドキシサイクリン, ビブラマイシン, 독시사이클린, 도시사이클린",
    ),
    ("minocycline", "米诺环素, ミノサイクリン, ミノマイシン, 미노사이클린"),
    ("tetracycline", "四环素, テトラサイクリン, 테트라사이클린"),
    ("moxifloxacin", "莫西沙星, モキシフロキサシン, アベロックス, 목시플록사신"),
    ("levofloxacin", "左氧氟沙星, レボフロキサシン, クラビット, 레보플록사신"),
    ("ciprofloxacin", "环丙沙星, シプロフロキサシン, シプロキサン, 시프로플록사신"),
    ("norfloxacin", "诺氟沙星, ノルフロキサシン, バクシダール"),
    ("ofloxacin", "氧氟沙星, オフロキサシン, タリビッド, 오플록사신"),
    ("sitafloxacin", "西他沙星, シタフロキサシン, グレースビット"),
    ("garenoxacin", "ガレノキサシン, ジェニナック"),
    ("tosufloxacin", "トスフロキサシン, オゼックス"),
    ("cefdinir", "头孢地尼, セフジニル, セフゾン, 세프디니르"),
    (
        "alendronate",
        "阿仑膦酸, 福善美, アレンドロン酸, ボナロン, フォサマック, 알렌드로네이트, 알렌드론산,"
        " 포사맥스",
    ),
    ("risedronate", "利塞膦酸, リセドロン酸, ベネット, アクトネル, 리세드로네이트, 악토넬"),
    ("ibandronate", "伊班膦酸, イバンドロン酸, ボンビバ, 이반드로네이트, 본비바"),
    ("minodronate", "ミノドロン酸, ボノテオ, リカルボン"),
    ("digoxin", "地高辛, ジゴキシン, 디곡신, ديجوكسين, דיגוקסין"),
    ("alfacalcidol", "阿法骨化醇, アルファカルシドール, アルファロール, ワンアルファ, 알파칼시돌"),
    ("calcitriol", "骨化三醇, 罗盖全, カルシトリオール, ロカルトロール, 칼시트리올"),
    ("eldecalcitol", "艾地骨化醇, エルデカルシトール, エディロール"),
    (
        "hydrochlorothiazide",
        "氢氯噻嗪, ヒドロクロロチアジド, エカード, プレミネント, ミコンビ, コディオ,"
        " 히드로클로로티아지드, 하이드로클로로티아지드",
    ),
    ("indapamide", "吲达帕胺, インダパミド, ナトリックス, 인다파미드"),
    ("thiazide", "トリクロルメチアジド, フルイトラン"),
    ("orlistat", "奥利司他, オルリスタット, 올리스타트, 제니칼"),
    ("cholestyramine", "考来烯胺, コレスチラミン, クエストラン, 콜레스티라민"),
    ("colestilan", "コレスチミド, コレバイン"),
    ("diltiazem", "地尔硫卓, 地尔硫䓬, ジルチアゼム, ヘルベッサー, 딜티아젬"),
    ("verapamil", "维拉帕米, ベラパミル, ワソラン, 베라파밀"),
    ("isotretinoin", "异维A酸, 异维a酸, イソトレチノイン, 이소트레티노인"),
    ("etretinate", "エトレチナート, チガソン"),
    ("dolutegravir", "多替拉韦, ドルテグラビル, テビケイ, 돌루테그라비르"),
    ("bictegravir", "比克恩丙诺, ビクテグラビル, ビクタルビ"),
    ("mycophenolate", "吗替麦考酚酯, ミコフェノール酸, セルセプト, 마이코페놀레이트"),
    ("penicillamine", "青霉胺, ペニシラミン, メタルカプターゼ"),
    ("hydroxychloroquine", "羟氯喹, ヒドロキシクロロキン, プラケニル"),
    ("rosuvastatin", "瑞舒伐他汀, ロスバスタチン, クレストール, 로수바스타틴"),
    ("atorvastatin", "阿托伐他汀, アトルバスタチン, リピトール, 아토르바스타틴"),
    ("levodopa", "左旋多巴, 美多芭, 息宁, レボドパ, メネシット, マドパー, ドパコール, 레보도파"),
    ("phenytoin", "苯妥英, フェニトイン, アレビアチン, 페니토인"),
    ("carbamazepine", "卡马西平, カルバマゼピン, テグレトール, 카르바마제핀"),
    ("phenobarbital", "苯巴比妥, フェノバルビタール, 페노바르비탈"),
    ("prednisolone", "泼尼松龙, プレドニゾロン, プレドニン, 프레드니솔론"),
    ("prednisone", "泼尼松, 프레드니손"),
    ("rivaroxaban", "利伐沙班, リバーロキサバン, イグザレルト, 리바록사반, 자렐토"),
    ("apixaban", "阿哌沙班, アピキサバン, エリキュース, 아픽사반, 엘리퀴스"),
    ("edoxaban", "艾多沙班, エドキサバン, リクシアナ, 에독사반, 릭시아나"),
    ("dabigatran", "达比加群, ダビガトラン, プラザキサ, 다비가트란, 프라닥사"),
    ("aspirin", "阿司匹林, バイアスピリン, アスピリン, 아스피린"),
    (
        "multivitamin",
        "マルチビタミン, 複合維生素, 复合维生素, 复合维他命, 종합비타민, 멀티비타민",
    ),
    (
        "vitamin",
        "维生素, 維生素, 维他命, 維他命, ビタミン, 비타민, فيتامين, ויטמין, विटामिन, วิตามิน",
    ),
    ("natto", "納豆, 纳豆, ナットウ, なっとう, 낫토"),
    ("menatetrenone", "メナテトレノン, グラケー, 四烯甲萘醌"),
    ("cod liver oil", "鱼肝油, 魚肝油, 肝油, 간유, زيت كبد"),
    ("hypercalcaemia", "高カルシウム血症, 高钙血症, 고칼슘혈증"),
    ("kidney stones", "腎結石, 尿路結石, 肾结石, 신장결석"),
    ("sarcoidosis", "サルコイドーシス, 结节病, 사르코이드증"),
    ("hyperparathyroidism", "副甲状腺機能亢進症, 甲状旁腺功能亢进, 부갑상선기능항진증"),
    (
        "calcium channel blocker",
        "钙通道阻滞剂, 钙拮抗剂, 鈣離子阻斷劑, カルシウム拮抗薬, 칼슘채널차단제, 칼슘 채널 차단제",
    ),
    ("calcium", "钙, 鈣, カルシウム, 칼슘, كالسيوم, סידן, कैल्शियम, แคลเซียม"),
    (
        "magnesium",
        "镁, 鎂, マグネシウム, マグミット, 마그네슘, مغنيسيوم, مغنسيوم, מגנזיום, मैग्नीशियम",
    ),
    ("iron", "フェロミア, フェログラデュメット, 铁, 鐵, 鉄, 철분, حديد, ברזל"),
    ("zinc", "锌, 鋅, 亜鉛, 아연, زنك, אבץ"),
    ("eye drops", "点眼, 點眼, 滴眼, 眼药水, 眼藥水, 안약, 점안"),
    ("ointment", "軟膏, 软膏, 药膏, 藥膏, 연고"),
    (
        "tablet",
        "胶囊, 膠囊, カプセル, 캡슐, كبسولة, كبسولات, サプリメント, サプリ, 영양제, 补充剂,"
        " 錠, 锭, 片, 정제, 정, حبوب, أقراص, قرص, כדורים, טבליות, 剤, 薬, 药, 약",
    ),
)
_UNREAD_LETTERS = re.compile(r"[^\W\d_\u0000-\u058f\u1e00-\u1fff]+")


def in_latin(text: str) -> str:
    """The text with the names that are known in letters from a to z, each a word of its own."""
    text = unicodedata.normalize("NFKC", text)
    for read, written in _ROWS:
        for name in written.split(", "):
            text = text.replace(name, f" {read} ")
    return _UNREAD_LETTERS.sub(f" {UNREAD} ", text)
