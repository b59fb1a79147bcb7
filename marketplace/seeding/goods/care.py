"""Bath and care."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="olive-oil-soap",
        shop="maison-tilleul",
        category="care",
        object_name="soap",
        price="8.50",
        promised_days=12,
        title_en="Olive oil soap on a wooden dish, 150 g",
        title_zh="橄榄油手工皂 配木皂碟 150克",
        description_en=(
            "72 % olive oil, cooked for ten days and dried for two months. For "
            "face, hands and wool. One bar of 150 g and a beech dish."
        ),
        description_zh=(
            "含橄榄油72%，慢煮十天、晾足两月，洗脸洗手洗羊毛都行。"
            "含150克皂一块、榉木皂碟一个。"
        ),
        variants=(
            Variant("olive", "Olive", "橄榄", "bamboo", 70),
            Variant("lavender", "Lavender", "薰衣草", "lilac", 55),
            Variant("clay", "Rose clay", "玫瑰泥", "rose", 38, "1.00"),
        ),
    ),
    Product(
        slug="sea-salt-soap",
        shop="maison-tilleul",
        category="care",
        object_name="soap",
        price="9.50",
        promised_days=12,
        title_en="Sea salt soap for the shower, 150 g",
        title_zh="海盐沐浴皂 150克",
        description_en=(
            "Grey salt from the Atlantic in a coconut base: it foams even in hard "
            "water and lasts long. One bar with a dish."
        ),
        description_zh=(
            "大西洋灰盐配椰子油皂基，硬水里也起泡，很耐用。含皂一块、皂碟一个。"
        ),
        variants=(
            Variant("sea", "Sea", "海盐", "sky", 46),
            Variant("honey", "Honey and oat", "蜂蜜燕麦", "honey", 40),
        ),
    ),
    Product(
        slug="orchard-eau-de-parfum",
        shop="maison-tilleul",
        category="care",
        object_name="perfume",
        price="68.00",
        promised_days=14,
        title_en="Orchard eau de parfum, 50 ml",
        title_zh="果园淡香精 50毫升",
        description_en=(
            "Blended in small batches, 15 % essence in grain alcohol. The glass "
            "bottle screws open for refilling. 50 ml in a box."
        ),
        description_zh=(
            "小批量调制，香精含量15%，谷物酒精为基。玻璃瓶可拧开补充，50毫升盒装。"
        ),
        variants=(
            Variant("apricot", "Apricot", "杏", "persimmon", 18),
            Variant("fig", "Fig leaf", "无花果叶", "jade", 15),
            Variant("iris", "Iris", "鸢尾", "violet", 9, "6.00"),
        ),
    ),
    Product(
        slug="pear-wood-hairbrush",
        shop="maison-tilleul",
        category="care",
        object_name="hairbrush",
        price="31.00",
        promised_days=13,
        title_en="Paddle hairbrush with wooden pins",
        title_zh="气垫木梳 木齿",
        description_en=(
            "Hornbeam pins in a natural rubber cushion: kind to the scalp, no "
            "static. Lacquered back, 23 cm. A pick for cleaning is included."
        ),
        description_zh=(
            "角树木齿嵌天然橡胶气垫，不扯头皮、不起静电。漆面背板，长23厘米，附清洁勾。"
        ),
        variants=(
            Variant("walnut", "Walnut", "胡桃色", "walnut", 26),
            Variant("coral", "Coral", "珊瑚", "coral", 19),
            Variant("celadon", "Celadon", "青瓷", "celadon", 12),
        ),
    ),
    Product(
        slug="almond-hand-cream",
        shop="maison-tilleul",
        category="care",
        object_name="cream_jar",
        price="19.00",
        promised_days=12,
        title_en="Almond hand cream in a glass jar, 100 ml",
        title_zh="甜杏仁护手霜 玻璃罐 100毫升",
        description_en=(
            "Sweet almond oil, beeswax and linden water, nothing else that needs "
            "explaining. Sinks in within a minute. 100 ml, wooden lid."
        ),
        description_zh=(
            "甜杏仁油、蜂蜡、椴花水，配方简单，一分钟吸收不黏手。100毫升，木盖玻璃罐。"
        ),
        variants=(
            Variant("almond", "Almond", "甜杏仁", "sand", 42),
            Variant("rose", "Rose", "玫瑰", "rose", 35),
            Variant("mint", "Mint", "薄荷", "celadon", 30),
        ),
    ),
    Product(
        slug="waffle-linen-towels",
        shop="maison-tilleul",
        category="care",
        object_name="towel",
        price="44.00",
        promised_days=14,
        title_en="Waffle towels, three pieces, linen and cotton",
        title_zh="华夫格毛巾三件套 棉麻",
        description_en=(
            "Half linen, half cotton, woven in a waffle so they dry fast. One "
            "bath towel, two hand towels. Wash at 60 °C."
        ),
        description_zh=(
            "棉麻各半，华夫格织法，干得快。浴巾一条、毛巾两条，60度可机洗。"
        ),
        variants=(
            Variant("sage", "Sage", "鼠尾草绿", "sage", 22),
            Variant("terracotta", "Terracotta", "陶土", "terracotta", 17),
            Variant("silver", "Silver", "银灰", "silver", 20),
        ),
    ),
)
