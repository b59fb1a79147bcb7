"""Toys."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="wind-up-tin-robot",
        shop="tonghe-toys",
        category="toys",
        object_name="robot",
        price="96.00",
        promised_days=3,
        title_en="Wind-up tin robot, walks by itself",
        title_zh="发条铁皮机器人 会自己走",
        description_en=(
            "Wind the key and it walks for a minute, arms swinging. Printed tin, "
            "no batteries, 18 cm tall. For six years and up."
        ),
        description_zh=(
            "上满发条能摆臂走一分钟，印铁外壳，不用电池，高18厘米。适合六岁以上。"
        ),
        variants=(
            Variant("sky", "Sky", "天蓝", "sky", 34),
            Variant("coral", "Coral", "珊瑚", "coral", 22),
        ),
    ),
    Product(
        slug="beech-building-blocks",
        shop="tonghe-toys",
        category="toys",
        object_name="blocks",
        price="148.00",
        promised_days=3,
        title_en="Beech building blocks, 50 pieces",
        title_zh="榉木积木 50块",
        description_en=(
            "Cubes, arches, columns and roofs, sanded round and stained with food "
            "colours. 50 pieces in a cotton sack. For eighteen months and up."
        ),
        description_zh=(
            "方块、拱门、圆柱、屋顶，边角磨圆，食品级色浆染色。"
            "五十块装棉布袋。适合十八个月以上。"
        ),
        variants=(
            Variant("berry", "Berry", "莓果", "coral", 27),
            Variant("forest", "Forest", "森林", "moss", 20),
            Variant("sea", "Sea", "海洋", "cobalt", 16),
        ),
    ),
    Product(
        slug="plush-panda-scarf",
        shop="tonghe-toys",
        category="toys",
        object_name="panda",
        price="118.00",
        promised_days=3,
        title_en="Plush panda with a knitted scarf, 30 cm",
        title_zh="毛绒熊猫 戴针织围巾 30厘米",
        description_en=(
            "Short plush, filled with recycled fibre, eyes embroidered so nothing "
            "comes off. 30 cm sitting. Wash in a bag at 30 °C."
        ),
        description_zh=(
            "短绒面料，再生纤维填充，刺绣眼睛，没有小零件。坐高30厘米，装洗衣袋30度可洗。"
        ),
        variants=(
            Variant("red", "Red scarf", "红围巾", "lacquer", 45),
            Variant("green", "Jade scarf", "绿围巾", "jade", 38),
            Variant("yellow", "Honey scarf", "黄围巾", "honey", 20),
        ),
    ),
    Product(
        slug="diamond-kite-long-tail",
        shop="tonghe-toys",
        category="toys",
        object_name="kite",
        price="58.00",
        promised_days=3,
        title_en="Diamond kite with a long tail",
        title_zh="菱形风筝 长尾",
        description_en=(
            "Ripstop cloth on two fibreglass rods; flies in a light breeze. "
            "75 cm wide, tail 3 m. Kite, 50 m of line and a reel."
        ),
        description_zh=(
            "防撕布面，玻纤骨架，微风就能起飞。翼展75厘米，尾长3米。含风筝、50米线和线轮。"
        ),
        variants=(
            Variant("persimmon", "Persimmon", "柿橙", "persimmon", 30),
            Variant("teal", "Teal", "湖绿", "teal", 24),
        ),
    ),
    Product(
        slug="striped-play-ball",
        shop="tonghe-toys",
        category="toys",
        object_name="ball",
        price="39.00",
        promised_days=3,
        title_en="Natural rubber play ball, 20 cm",
        title_zh="天然橡胶皮球 20厘米",
        description_en=(
            "Natural rubber with a painted stripe; bounces well and does not "
            "smell. 20 cm. Sent flat, with a small hand pump."
        ),
        description_zh=(
            "天然橡胶，彩绘条纹，弹性好，没有刺鼻味。直径20厘米，放气寄出，附小气筒。"
        ),
        variants=(
            Variant("coral", "Coral", "珊瑚", "coral", 42),
            Variant("cobalt", "Cobalt", "钴蓝", "cobalt", 37),
            Variant("jade", "Jade", "翠绿", "jade", 29),
        ),
    ),
    Product(
        slug="wooden-steam-train",
        shop="tonghe-toys",
        category="toys",
        object_name="train",
        price="128.00",
        promised_days=3,
        title_en="Wooden steam train with one wagon",
        title_zh="木制小火车 带一节车厢",
        description_en=(
            "Maple and beech, held by magnets, wheels that roll straight. "
            "Fits the usual wooden rails. Engine 12 cm, wagon 9 cm."
        ),
        description_zh=(
            "枫木和榉木，磁铁相连，轮子跑得直，适配常见木轨道。车头12厘米，车厢9厘米。"
        ),
        variants=(
            Variant("teal", "Teal", "湖蓝", "teal", 25),
            Variant("lacquer", "Red", "朱红", "lacquer", 21),
        ),
    ),
    Product(
        slug="painted-spinning-top",
        shop="tonghe-toys",
        category="toys",
        object_name="spinning_top",
        price="26.00",
        promised_days=3,
        title_en="Painted wooden spinning top",
        title_zh="彩绘木陀螺",
        description_en=(
            "Turned from one piece of maple, steel tip, spins for over a minute. "
            "6 cm across. One top with its cord."
        ),
        description_zh=("整块枫木车制，钢尖，能转一分多钟。直径6厘米，附抽绳一根。"),
        variants=(
            Variant("violet", "Violet", "堇紫", "violet", 48),
            Variant("persimmon", "Persimmon", "柿橙", "persimmon", 41),
        ),
    ),
)
