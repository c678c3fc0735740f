"""Names in scripts that are not spelt letter by letter here: Chinese, Japanese, Korean, Arabic ...

Only what the rules have to know in any script: the vitamin K antagonists, vitamins and minerals.
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
    ("levothyroxine", "左甲状腺素, 优甲乐, レボチロキシン, チラーヂン, 레보티록신, ليفوثيروكسين"),
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
    (
        "calcium channel blocker",
        "钙通道阻滞剂, 钙拮抗剂, 鈣離子阻斷劑, カルシウム拮抗薬, 칼슘채널차단제, 칼슘 채널 차단제",
    ),
    ("calcium", "钙, 鈣, カルシウム, 칼슘, كالسيوم, סידן, कैल्शियम, แคลเซียม"),
    ("magnesium", "镁, 鎂, マグネシウム, 마그네슘, مغنيسيوم, مغنسيوم, מגנזיום, मैग्नीशियम"),
    ("iron", "铁, 鐵, 鉄, 철분, حديد, ברזל"),
    ("zinc", "锌, 鋅, 亜鉛, 아연, زنك, אבץ"),
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
