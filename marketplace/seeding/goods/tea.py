"""Tea and tea ware."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="zhuni-clay-teapot",
        shop="pine-smoke-tea",
        category="tea",
        object_name="teapot",
        price="268.00",
        promised_days=3,
        title_en="Zhuni clay teapot, hand thrown, 220 ml",
        title_zh="朱泥小茶壶 手工拉坯 220毫升",
        description_en=(
            "Thrown by hand from iron-rich clay and left unglazed, so that it "
            "takes on a soft shine with use. Pours in twelve seconds without a "
            "drip; right for two or three people. In the parcel: the pot, a "
            "cotton bag and a spare knob cord."
        ),
        description_zh=(
            "朱泥手工拉坯，内外不上釉，越养越润。出水约十二秒，断水干净，"
            "适合两三人喝。包裹内有茶壶一把、棉布袋一个、备用壶钮绳一根。"
        ),
        variants=(
            Variant("red", "Red clay", "朱泥", "terracotta", 18),
            Variant("purple", "Purple clay", "紫泥", "walnut", 11, "30.00"),
            Variant("yellow", "Yellow clay", "段泥", "sand", 6, "20.00"),
        ),
    ),
    Product(
        slug="glazed-side-teapot",
        shop="pine-smoke-tea",
        category="tea",
        object_name="teapot",
        price="158.00",
        promised_days=3,
        title_en="Stoneware teapot for the family table, 650 ml",
        title_zh="家用釉面茶壶 大容量650毫升",
        description_en=(
            "Glazed stoneware, 650 ml, with a steel strainer that lifts out. "
            "Goes into the dishwasher. The parcel holds the pot and the strainer."
        ),
        description_zh=(
            "高温釉面粗陶，容量650毫升，内附可取出的不锈钢滤网，"
            "可进洗碗机。包裹内有茶壶和滤网各一。"
        ),
        variants=(
            Variant("ink", "Ink", "墨色", "ink", 24),
            Variant("celadon", "Celadon", "青瓷", "celadon", 20),
            Variant("plum", "Plum", "梅子", "plum", 3),
        ),
    ),
    Product(
        slug="celadon-tea-cup",
        shop="pine-smoke-tea",
        category="tea",
        object_name="cup",
        price="46.00",
        promised_days=3,
        title_en="Longquan celadon tea cup, 90 ml",
        title_zh="龙泉青瓷品茗杯 90毫升",
        description_en=(
            "A thin cup fired in Longquan; the glaze stops above the foot and "
            "leaves the pale clay bare. Holds 90 ml, 7 cm across. One cup, "
            "packed in a card box."
        ),
        description_zh=(
            "龙泉窑口烧制，釉色垂到杯腰，露出素坯，握着不烫手。"
            "容量90毫升，口径7厘米。单只装，纸盒包好。"
        ),
        variants=(
            Variant("celadon", "Plum green", "梅子青", "celadon", 60),
            Variant("sky", "Sky after rain", "天青", "sky", 42),
        ),
    ),
    Product(
        slug="wood-fired-mug",
        shop="pine-smoke-tea",
        category="tea",
        object_name="cup",
        price="78.00",
        promised_days=4,
        title_en="Wood-fired cup for slow mornings, 240 ml",
        title_zh="柴烧主人杯 240毫升",
        description_en=(
            "Fired for two days with pine wood, so no two run alike. Holds "
            "240 ml and keeps the warmth of the hand. One cup, in a wooden box."
        ),
        description_zh=(
            "松柴烧足两天，落灰自然成釉，只只不同。容量240毫升，捧在手里很暖。木盒单只装。"
        ),
        variants=(
            Variant("persimmon", "Persimmon", "柿红", "persimmon", 12),
            Variant("slate", "Slate", "石板灰", "slate", 9),
            Variant("moss", "Moss", "苔绿", "moss", 7),
        ),
    ),
    Product(
        slug="painted-gaiwan",
        shop="pine-smoke-tea",
        category="tea",
        object_name="gaiwan",
        price="128.00",
        promised_days=3,
        title_en="Gaiwan with painted bamboo, 150 ml",
        title_zh="手绘竹叶盖碗 150毫升",
        description_en=(
            "White porcelain, the bamboo painted by hand under the glaze. The "
            "flared rim stays cool enough to hold. Lid, bowl and saucer; 150 ml."
        ),
        description_zh=(
            "白瓷胎，釉下手绘竹叶，撇口不烫手。盖、碗、托三件齐全，容量150毫升。"
        ),
        variants=(
            Variant("blue", "Cobalt blue", "青花", "cobalt", 30),
            Variant("red", "Iron red", "矾红", "lacquer", 14, "20.00"),
        ),
    ),
    Product(
        slug="longjing-spring-tin",
        shop="pine-smoke-tea",
        category="tea",
        object_name="tea_tin",
        price="188.00",
        promised_days=2,
        title_en="Longjing green tea, spring picking, 100 g tin",
        title_zh="明前龙井绿茶 100克罐装",
        description_en=(
            "Picked before the Qingming festival and pan-fired by hand in the "
            "same week. Nutty and sweet; brew at 80 °C. One sealed bag of 100 g "
            "in a tin."
        ),
        description_zh=(
            "清明前采摘，当周手工锅炒，豆香清甜，宜用80度水冲泡。"
            "铁罐内一袋100克，密封包装。"
        ),
        variants=(
            Variant("first", "First grade", "一级", "pine", 40),
            Variant("special", "Special grade", "特级", "bamboo", 8, "160.00"),
        ),
    ),
    Product(
        slug="keemun-black-tin",
        shop="pine-smoke-tea",
        category="tea",
        object_name="tea_tin",
        price="96.00",
        promised_days=2,
        title_en="Keemun black tea, 120 g tin",
        title_zh="祁门红茶 120克罐装",
        description_en=(
            "Small leaves from Qimen with a note of rose and malt. Takes milk "
            "well, needs none. Enough for about forty cups."
        ),
        description_zh=(
            "安徽祁门小叶种，带玫瑰与麦芽香，清饮或加奶都好。一罐120克，约可泡四十杯。"
        ),
        variants=(
            Variant("one", "One tin", "一罐", "lacquer", 55),
            Variant("two", "Two tins", "两罐", "lacquer", 25, "86.00"),
        ),
    ),
    Product(
        slug="mountain-honey-jar",
        shop="pine-smoke-tea",
        category="tea",
        object_name="honey_jar",
        price="68.00",
        promised_days=3,
        title_en="Mountain honey, 500 g jar",
        title_zh="山里土蜂蜜 500克",
        description_en=(
            "Raw honey from one valley, filtered once and not heated. It may turn "
            "solid in winter; warm the jar in water. One glass jar of 500 g."
        ),
        description_zh=(
            "一个山谷里的原蜜，只过滤一遍，不加热浓缩。冬天会结晶，"
            "隔温水化开即可。玻璃瓶装500克。"
        ),
        variants=(
            Variant("linden", "Linden", "椴树蜜", "honey", 33),
            Variant("acacia", "Acacia", "洋槐蜜", "butter", 28),
            Variant("jujube", "Jujube", "枣花蜜", "ochre", 0),
        ),
    ),
)
