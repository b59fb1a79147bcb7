"""Things of the kitchen."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="enamel-stove-kettle",
        shop="xiaoman-home",
        category="kitchen",
        object_name="kettle",
        price="139.00",
        promised_days=4,
        title_en="Enamel stove kettle with beech grip, 2 l",
        title_zh="搪瓷烧水壶 榉木提手 2升",
        description_en=(
            "Steel with two coats of enamel, for gas and induction. The beech "
            "grip stays cool. Holds 2 l; the lid comes off for cleaning."
        ),
        description_zh=(
            "钢板双层搪瓷，明火和电磁炉都能用。榉木提手不烫手，容量2升，壶盖可取下清洗。"
        ),
        variants=(
            Variant("sky", "Sky", "天蓝", "sky", 26),
            Variant("cream", "Cream", "奶油白", "cream", 31),
            Variant("pine", "Pine", "松绿", "pine", 12),
        ),
    ),
    Product(
        slug="light-iron-pan",
        shop="xiaoman-home",
        category="kitchen",
        object_name="pan",
        price="219.00",
        promised_days=4,
        title_en="Light cast-iron pan, 26 cm",
        title_zh="轻量铸铁平底锅 26厘米",
        description_en=(
            "Cast thin: 1.5 kg, half of the usual weight. Enamelled outside, "
            "seasoned inside, ready for the first egg. With a note on how to care "
            "for it."
        ),
        description_zh=(
            "薄铸工艺，只有1.5公斤，约为普通铸铁锅的一半。外层搪瓷，"
            "内层已开锅，到手就能煎蛋。附养锅说明一张。"
        ),
        variants=(
            Variant("teal", "Teal", "孔雀绿", "teal", 22),
            Variant("graphite", "Graphite", "石墨黑", "graphite", 37),
            Variant("persimmon", "Persimmon", "柿子红", "persimmon", 15),
        ),
    ),
    Product(
        slug="yangjiang-cooks-knife",
        shop="xiaoman-home",
        category="kitchen",
        object_name="knife",
        price="328.00",
        promised_days=3,
        title_en="Yangjiang cook's knife, 21 cm blade",
        title_zh="阳江主厨刀 刃长21厘米",
        description_en=(
            "Three layers of steel, ground by hand to 15 degrees a side. "
            "190 g, balanced at the bolster. Comes with a blade guard; wash it by "
            "hand."
        ),
        description_zh=(
            "三层夹钢，手工开刃，单边15度。重190克，重心在刀根，"
            "切肉切菜都顺。附刀套一个，请手洗擦干。"
        ),
        variants=(
            Variant("walnut", "Walnut handle", "胡桃木柄", "walnut", 19),
            Variant("ink", "Ebony handle", "乌木柄", "ink", 10, "60.00"),
        ),
    ),
    Product(
        slug="end-grain-board",
        shop="xiaoman-home",
        category="kitchen",
        object_name="cutting_board",
        price="118.00",
        promised_days=4,
        title_en="One-piece wooden board, 38 × 24 cm",
        title_zh="整木砧板 38×24厘米",
        description_en=(
            "Cut from one plank, 2.4 cm thick, rubbed with food-safe oil. The "
            "leather loop lets it hang and dry. The board only; fruit is for the "
            "picture."
        ),
        description_zh=(
            "一块整木，厚2.4厘米，表面擦食品级木蜡油，牛皮挂绳可挂起晾干。"
            "只含砧板一块，图中蔬果为摆拍。"
        ),
        variants=(
            Variant("oak", "Oak", "橡木", "oak", 44),
            Variant("walnut", "Black walnut", "黑胡桃", "walnut", 16, "50.00"),
        ),
    ),
    Product(
        slug="bamboo-steamer-two-tier",
        shop="xiaoman-home",
        category="kitchen",
        object_name="steamer",
        price="89.00",
        promised_days=4,
        title_en="Two-tier bamboo steamer",
        title_zh="两层竹蒸笼",
        description_en=(
            "Woven from split bamboo without glue. Holds sixteen buns, fits a wok "
            "or a pot of the same width. Two tiers, one lid, ten paper liners; "
            "no buns."
        ),
        description_zh=(
            "毛竹手工编成，不用胶水，一笼能蒸十六个包子，"
            "同口径的锅都能架。含两层笼身、一个笼盖、十张蒸笼纸。"
        ),
        variants=(
            Variant("m", "24 cm", "24厘米", "oak", 20),
            Variant("l", "28 cm", "28厘米", "oak", 13, "30.00"),
            Variant("carbonised", "24 cm, smoked", "24厘米 炭化", "camel", 9, "15.00"),
        ),
    ),
    Product(
        slug="ramen-bowl-banded",
        shop="xiaoman-home",
        category="kitchen",
        object_name="noodle_bowl",
        price="59.00",
        promised_days=4,
        title_en="Deep noodle bowl with bands, 1 l",
        title_zh="双线大面碗 1升",
        description_en=(
            "Porcelain, 18 cm across, with a high foot so that it can be carried "
            "hot. Microwave and dishwasher safe. One bowl and one pair of "
            "chopsticks."
        ),
        description_zh=(
            "高白瓷，口径18厘米，高足隔热，刚盛的面也端得住。"
            "可进微波炉和洗碗机。含面碗一只、筷子一双。"
        ),
        variants=(
            Variant("indigo", "Indigo", "靛蓝", "indigo", 48),
            Variant("celadon", "Celadon", "青釉", "celadon", 30),
            Variant("wine", "Wine", "酒红", "wine", 17),
        ),
    ),
    Product(
        slug="lacquer-chopsticks-pair",
        shop="xiaoman-home",
        category="kitchen",
        object_name="chopsticks",
        price="72.00",
        promised_days=3,
        title_en="Lacquered chopsticks, two pairs with a rest",
        title_zh="大漆筷子 两双配筷架",
        description_en=(
            "Ironwood with nine coats of natural lacquer and a brass ring. "
            "24 cm. Two pairs and a porcelain rest in a gift box."
        ),
        description_zh=(
            "铁木为胎，髹天然大漆九道，镶铜环，长24厘米。礼盒内有筷子两双、瓷筷架一个。"
        ),
        variants=(
            Variant("red", "Red and honey", "朱红配蜜色", "lacquer", 36),
            Variant("green", "Jade and cream", "翠绿配米白", "jade", 21),
        ),
    ),
)
