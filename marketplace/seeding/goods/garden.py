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
            "一年生橡皮树,连盆约35厘米高,根系已稳。喜明亮散光,一周浇一次水。"
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
            "球径8厘米,冬天少浇水,五月开花。一个月浇两次就够,已用颗粒土上盆。"
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
        description_zh=(
            "喷塑钢板,黄铜花洒可拧下,长嘴够得到架子最里面。容量1.8升。"
        ),
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
            "先镀锌再上漆,几十年不锈。粗细两个花洒,容量4.5升,空壶重1.3公斤。"
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
        description_zh=(
            "不锈钢铲面带刻度,白蜡木手柄铆接,全长32厘米,有皮绳可挂。"
        ),
        variants=(
            Variant("persimmon", "Persimmon", "柿橙", "persimmon", 24),
            Variant("pine", "Pine", "松绿", "pine", 20),
        ),
    ),
)
