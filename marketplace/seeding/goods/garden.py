"""Plants and what looks after them."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="rubber-fig-in-pot",
        shop="xiaoman-home",
        category="garden",
        object_name="plant",
        price="79.00",
        promised_days=3,
        title_en="Rubber fig in a glazed pot, 35 cm",
        title_zh="橡皮树盆栽 带釉盆 35厘米",
        description_en=(
            "A young rubber fig, 35 cm with its pot, rooted for a year. Wants "
            "bright shade and water once a week. Packed upright in a box with "
            "air holes."
        ),
        description_zh=(
            "一年生橡皮树，连盆约35厘米高，根系已稳。喜明亮散光，一周浇一次水。"
            "竖放透气纸箱发货。"
        ),
        variants=(
            Variant("terracotta", "Terracotta pot", "陶红盆", "terracotta", 19),
            Variant("cloud", "White pot", "白盆", "cloud", 16),
            Variant("cobalt", "Blue pot", "蓝盆", "cobalt", 9),
        ),
    ),
    Product(
        slug="flowering-ball-cactus",
        shop="xiaoman-home",
        category="garden",
        object_name="cactus",
        price="36.00",
        promised_days=3,
        title_en="Ball cactus that flowers, with pot",
        title_zh="会开花的仙人球 带盆",
        description_en=(
            "8 cm across, flowers in May when it has had a dry winter. Water "
            "twice a month. Comes potted in gritty soil."
        ),
        description_zh=(
            "球径8厘米，冬天少浇水，五月开花。一个月浇两次就够，已用颗粒土上盆。"
        ),
        variants=(
            Variant("rose", "Rose pot", "藕粉盆", "rose", 32),
            Variant("butter", "Butter pot", "奶黄盆", "butter", 27),
            Variant("slate", "Slate pot", "灰盆", "slate", 14),
        ),
    ),
    Product(
        slug="long-spout-watering-can",
        shop="wren-and-thimble",
        category="garden",
        object_name="watering_can",
        price="36.00",
        promised_days=15,
        title_en="Long-spout watering can, 1.8 l",
        title_zh="长嘴浇水壶 1.8升",
        description_en=(
            "Powder-coated steel with a brass rose that screws off. The long "
            "spout reaches the back of the shelf. 1.8 l."
        ),
        description_zh=("喷塑钢板，黄铜花洒可拧下，长嘴够得到架子最里面。容量1.8升。"),
        variants=(
            Variant("sage", "Sage", "鼠尾草绿", "sage", 15),
            Variant("butter", "Butter", "奶黄", "butter", 13),
        ),
    ),
    Product(
        slug="greenhouse-watering-can",
        shop="wren-and-thimble",
        category="garden",
        object_name="watering_can",
        price="54.00",
        promised_days=15,
        title_en="Greenhouse watering can, 4.5 l, galvanised",
        title_zh="温室浇水壶 镀锌 4.5升",
        description_en=(
            "Galvanised, then painted: it will outlive the greenhouse. Two "
            "roses, fine and coarse. 4.5 l, 1.3 kg empty."
        ),
        description_zh=(
            "先镀锌再上漆，几十年不锈。粗细两个花洒，容量4.5升，空壶重1.3公斤。"
        ),
        variants=(
            Variant("indigo", "Indigo", "靛蓝", "indigo", 8),
            Variant("lacquer", "Post red", "邮筒红", "lacquer", 6),
        ),
    ),
    Product(
        slug="ash-handle-trowel",
        shop="wren-and-thimble",
        category="garden",
        object_name="trowel",
        price="22.00",
        promised_days=14,
        title_en="Hand trowel with painted ash handle",
        title_zh="白蜡木柄花铲",
        description_en=(
            "Stainless blade marked in centimetres, riveted to an ash handle. "
            "32 cm. A leather loop to hang it by."
        ),
        description_zh=("不锈钢铲面带刻度，白蜡木手柄铆接，全长32厘米，有皮绳可挂。"),
        variants=(
            Variant("persimmon", "Persimmon", "柿橙", "persimmon", 24),
            Variant("pine", "Pine", "松绿", "pine", 20),
        ),
    ),
    Product(
        slug="clay-pots-set-of-four",
        shop="wren-and-thimble",
        category="garden",
        object_name="clay_pots",
        price="34.00",
        promised_days=16,
        title_en="Four clay pots and a saucer, 12 cm",
        title_zh="手工陶盆四只 配托盘 12厘米",
        description_en=(
            "Thrown by hand, unpainted inside, with a hole in the foot so that roots "
            "can breathe. 12 cm across and 11 cm tall. Four pots and one saucer, "
            "each wrapped in straw paper."
        ),
        description_zh=(
            "手工拉坯，盆内不上色，盆底有孔，透气不烂根。口径12厘米，高11厘米。"
            "一套四盆一托，逐只用草纸包好。"
        ),
        variants=(
            Variant("terracotta", "Bare clay", "陶土原色", "terracotta", 14),
            Variant("cloud", "Limewashed", "石灰白", "cloud", 8, "4.00"),
        ),
    ),
    Product(
        slug="corn-poppy-seeds",
        shop="xiaoman-home",
        category="garden",
        object_name="seed_packet",
        price="12.00",
        promised_days=3,
        title_en="Corn poppy seeds, 0.5 g packet",
        title_zh="虞美人花种 0.5克袋装",
        description_en=(
            "This year's seed, enough for about two square metres. Sow on bare "
            "soil in autumn or early spring and do not cover it: poppies need "
            "light to sprout. Sowing notes are printed on the back."
        ),
        description_zh=(
            "当年新种，一袋约可播两平方米。秋季或早春撒在土面，不用覆土，"
            "见光才发芽。袋背印有播种说明。"
        ),
        variants=(
            Variant("red", "Red", "大红", "lacquer", 80),
            Variant("mauve", "Mauve", "灰紫", "violet", 46, "3.00"),
        ),
    ),
    Product(
        slug="dipped-garden-gloves",
        shop="wren-and-thimble",
        category="garden",
        object_name="gloves",
        price="16.50",
        promised_days=14,
        title_en="Garden gloves with dipped fingers, one pair",
        title_zh="浸胶园艺手套 一双",
        description_en=(
            "Knitted cotton with the fingers dipped in natural rubber: thorns stay "
            "out, the palm stays dry. Ribbed cuff. Wash at 30 °C; one pair."
        ),
        description_zh=(
            "棉线针织，指部浸天然橡胶，防刺又不闷手心，罗纹袖口不进土。30度可机洗，一双装。"
        ),
        variants=(
            Variant("moss-m", "Moss, M", "苔绿 M", "moss", 26),
            Variant("moss-l", "Moss, L", "苔绿 L", "moss", 21),
            Variant("camel-m", "Camel, M", "驼色 M", "camel", 17),
        ),
    ),
)
