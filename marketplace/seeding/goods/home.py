"""Light, seats and small things of the house."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="paper-shade-lamp",
        shop="beicang-digital",
        category="home",
        object_name="lamp",
        price="239.00",
        promised_days=4,
        title_en="Table lamp with linen shade, dimmable",
        title_zh="亚麻罩台灯 可调光",
        description_en=(
            "A brass stem, a linen shade 28 cm wide, and a dimmer on the cord. "
            "The warm LED bulb (6 W, 2700 K) is in the box and can be changed. "
            "1.8 m cord."
        ),
        description_zh=(
            "黄铜灯杆，亚麻灯罩直径28厘米，线上旋钮调光。"
            "附6瓦2700K暖光灯泡，可自行更换，线长1.8米。"
        ),
        variants=(
            Variant("cream", "Cream", "米白", "cream", 23),
            Variant("sage", "Sage", "鼠尾草绿", "sage", 14),
            Variant("coral", "Coral", "珊瑚", "coral", 8),
        ),
    ),
    Product(
        slug="plum-branch-vase",
        shop="pine-smoke-tea",
        category="home",
        object_name="vase",
        price="168.00",
        promised_days=4,
        title_en="Narrow-neck vase for one branch, 24 cm",
        title_zh="细颈梅瓶 高24厘米",
        description_en=(
            "Stoneware, matt outside, glazed inside, so it holds water. The neck "
            "keeps one branch upright. 24 cm tall; the branch is not included."
        ),
        description_zh=(
            "粗陶胎，外哑光、内施釉，不渗水。细颈刚好立一枝花。高24厘米，不含花枝。"
        ),
        variants=(
            Variant("jade", "Jade", "翠色", "jade", 15),
            Variant("cloud", "Cloud", "月白", "cloud", 18),
            Variant("indigo", "Indigo", "霁蓝", "indigo", 5),
        ),
    ),
    Product(
        slug="washi-hanging-lantern",
        shop="kawabe-paper",
        category="home",
        object_name="lantern",
        price="6800",
        promised_days=12,
        title_en="Folding washi lantern with tassel, 32 cm",
        title_zh="和纸折叠灯笼 带流苏 32厘米",
        description_en=(
            "Mulberry paper on bamboo ribs; it folds flat for the post. For LED "
            "bulbs up to 8 W or a candle light. Lantern, cord and tassel; no bulb."
        ),
        description_zh=(
            "楮皮纸糊在竹骨上，可折平收纳。适用8瓦以内LED灯泡或电子蜡烛。"
            "含灯笼、挂绳、流苏，不含灯泡。"
        ),
        variants=(
            Variant("red", "Festival red", "节庆红", "lacquer", 20),
            Variant("persimmon", "Persimmon", "柿色", "persimmon", 16),
            Variant("cream", "Plain paper", "素纸", "cream", 25, "-800"),
        ),
    ),
    Product(
        slug="cushioned-oak-chair",
        shop="xiaoman-home",
        category="home",
        object_name="chair",
        price="459.00",
        promised_days=6,
        title_en="Solid oak chair with a loose cushion",
        title_zh="实木餐椅 配坐垫",
        description_en=(
            "Oak joined with pegs, seat 45 cm high, carries 130 kg. The cotton "
            "cover of the cushion unzips for washing. Four screws to turn; the key "
            "is included."
        ),
        description_zh=(
            "橡木榫接，座高45厘米，承重130公斤。棉质垫套可拆洗。"
            "到家拧四颗螺丝，附内六角扳手。"
        ),
        variants=(
            Variant("moss", "Moss cushion", "苔绿坐垫", "moss", 10),
            Variant("terracotta", "Terracotta cushion", "陶红坐垫", "terracotta", 7),
            Variant("slate", "Slate cushion", "石灰坐垫", "slate", 2),
        ),
    ),
    Product(
        slug="kyo-folding-fan",
        shop="kawabe-paper",
        category="home",
        object_name="folding_fan",
        price="4200",
        promised_days=10,
        title_en="Folding fan, paper on bamboo, 22 cm",
        title_zh="竹骨纸折扇 22厘米",
        description_en=(
            "Twenty ribs, two layers of paper, dyed by brush. Closes with one "
            "clear snap. With a cotton sleeve."
        ),
        description_zh=("二十根竹骨，双层纸面，手工刷染，合拢声脆。附棉布扇套一个。"),
        variants=(
            Variant("cobalt", "River", "川", "cobalt", 22),
            Variant("rose", "Blossom", "樱", "rose", 19),
            Variant("pine", "Pine", "松", "pine", 13),
        ),
    ),
    Product(
        slug="tilleul-jar-candle",
        shop="maison-tilleul",
        category="home",
        object_name="candle",
        price="26.00",
        promised_days=14,
        title_en="Candle in a glass, lime blossom, 180 g",
        title_zh="椴花香薰蜡烛 玻璃杯装 180克",
        description_en=(
            "Rapeseed wax and a cotton wick; burns for about forty hours. The "
            "glass makes a good tumbler afterwards. One candle in a card tube."
        ),
        description_zh=(
            "菜籽蜡、棉烛芯，约可燃四十小时，烧完的杯子可当水杯。纸筒单个装。"
        ),
        variants=(
            Variant("lime", "Lime blossom", "椴花", "bamboo", 34),
            Variant("fig", "Fig", "无花果", "violet", 27),
            Variant("rose", "Old rose", "古典玫瑰", "rose", 12, "2.00"),
        ),
    ),
    Product(
        slug="twin-bell-clock",
        shop="beicang-digital",
        category="home",
        object_name="alarm_clock",
        price="109.00",
        promised_days=3,
        title_en="Twin-bell alarm clock, silent sweep",
        title_zh="双铃闹钟 静音走时",
        description_en=(
            "Real bells to wake you, a sweeping hand that does not tick, and a "
            "light button at the back. Steel case, 11 cm. One AA battery included."
        ),
        description_zh=(
            "机械双铃叫得醒人，扫秒走时听不见滴答，背后有夜灯键。"
            "钢壳，直径11厘米，附5号电池一节。"
        ),
        variants=(
            Variant("teal", "Teal", "湖蓝", "teal", 29),
            Variant("butter", "Butter", "奶黄", "butter", 24),
            Variant("graphite", "Graphite", "石墨", "graphite", 30),
        ),
    ),
    Product(
        slug="striped-linen-cushion",
        shop="xiaoman-home",
        category="home",
        object_name="cushion",
        price="88.00",
        promised_days=4,
        title_en="Linen cushion with woven stripes, 45 cm",
        title_zh="色织条纹亚麻抱枕 45厘米",
        description_en=(
            "Linen and cotton, the stripes woven in, with piping and a hidden zip. "
            "The inner cushion is included. Wash the cover at 30 °C."
        ),
        description_zh=("棉麻色织条纹，包边走线，隐形拉链。含枕芯，外套30度可机洗。"),
        variants=(
            Variant("ochre", "Ochre", "赭黄", "ochre", 33),
            Variant("sky", "Sky", "浅蓝", "sky", 21),
            Variant("wine", "Wine", "酒红", "wine", 18),
        ),
    ),
)
