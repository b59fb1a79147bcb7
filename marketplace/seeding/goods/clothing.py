"""Clothes."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="heavy-cotton-tee",
        shop="wren-and-thimble",
        category="clothing",
        object_name="t_shirt",
        price="28.00",
        promised_days=14,
        title_en="Heavy cotton T-shirt with a pocket",
        title_zh="重磅纯棉口袋T恤",
        description_en=(
            "240 g organic cotton, pre-washed, so it will not shrink. Straight "
            "cut, taped shoulders, one chest pocket. Wash at 40 °C."
        ),
        description_zh=(
            "240克有机棉，已预缩水，直筒版型，肩部压条，左胸一个口袋。40度可机洗。"
        ),
        variants=(
            Variant("s", "Sage, S", "鼠尾草绿 S", "sage", 20),
            Variant("m", "Sage, M", "鼠尾草绿 M", "sage", 26),
            Variant("l", "Sage, L", "鼠尾草绿 L", "sage", 18),
            Variant("ink-m", "Ink, M", "墨黑 M", "ink", 22),
        ),
    ),
    Product(
        slug="garment-dyed-tee",
        shop="wren-and-thimble",
        category="clothing",
        object_name="t_shirt",
        price="32.00",
        promised_days=14,
        title_en="Garment-dyed T-shirt, soft wash",
        title_zh="成衣染水洗T恤",
        description_en=(
            "Sewn first, dyed afterwards, so the seams are a shade lighter. 180 g "
            "cotton, loose at the waist. Wash dark colours apart the first time."
        ),
        description_zh=(
            "先缝后染，线缝处颜色略浅。180克棉，腰身宽松。首次请与浅色衣物分开洗。"
        ),
        variants=(
            Variant("terracotta-m", "Terracotta, M", "陶土红 M", "terracotta", 15),
            Variant("terracotta-l", "Terracotta, L", "陶土红 L", "terracotta", 14),
            Variant("sky-m", "Sky, M", "浅蓝 M", "sky", 12),
        ),
    ),
    Product(
        slug="lambswool-scarf",
        shop="wren-and-thimble",
        category="clothing",
        object_name="scarf",
        price="46.00",
        promised_days=14,
        title_en="Lambswool scarf with fringe, 180 cm",
        title_zh="羊羔毛流苏围巾 180厘米",
        description_en=(
            "Spun, woven and brushed in Yorkshire. 180 × 25 cm, warm without "
            "weight. Wash by hand in cool water."
        ),
        description_zh=("约克郡纺纱、织造、起绒，180×25厘米，轻而暖。请用冷水手洗。"),
        variants=(
            Variant("lacquer", "Rowan red", "花楸红", "lacquer", 24),
            Variant("pine", "Pine", "松绿", "pine", 19),
            Variant("camel", "Camel", "驼色", "camel", 30),
        ),
    ),
    Product(
        slug="merino-travel-scarf",
        shop="wren-and-thimble",
        category="clothing",
        object_name="scarf",
        price="58.00",
        promised_days=14,
        title_en="Fine merino scarf for travelling",
        title_zh="细美利奴旅行围巾",
        description_en=(
            "Extra-fine merino, 150 g, folds to the size of a glove. Wide enough "
            "to sleep under on a train. With a cotton pouch."
        ),
        description_zh=(
            "超细美利奴，重150克，叠起来只有手套大小，展开能在火车上当毯子。附棉布收纳袋。"
        ),
        variants=(
            Variant("cobalt", "Cobalt", "钴蓝", "cobalt", 13),
            Variant("rose", "Rose", "藕粉", "rose", 11),
        ),
    ),
    Product(
        slug="woven-sun-hat",
        shop="wren-and-thimble",
        category="clothing",
        object_name="hat",
        price="39.00",
        promised_days=14,
        title_en="Woven sun hat with a ribbon",
        title_zh="编织遮阳帽 配缎带",
        description_en=(
            "Braided paper straw that can be rolled up and springs back. Brim "
            "8 cm, inner band adjustable from 56 to 59 cm."
        ),
        description_zh=(
            "纸草编成，可卷起收纳，展开即回弹。帽檐8厘米，帽围56至59厘米可调。"
        ),
        variants=(
            Variant("butter", "Natural, indigo ribbon", "原色 靛蓝缎带", "butter", 17),
            Variant("camel", "Toasted, ink ribbon", "焦糖色 黑缎带", "camel", 14),
        ),
    ),
    Product(
        slug="canvas-low-sneakers",
        shop="wren-and-thimble",
        category="clothing",
        object_name="sneakers",
        price="64.00",
        promised_days=15,
        title_en="Low canvas sneakers, natural rubber sole",
        title_zh="低帮帆布鞋 天然橡胶底",
        description_en=(
            "Cotton canvas stitched and glued to a natural rubber sole; the cork "
            "insole can be taken out. A spare pair of laces is in the box."
        ),
        description_zh=(
            "棉帆布鞋面，天然橡胶底缝粘结合，软木鞋垫可取出。鞋盒内附备用鞋带一副。"
        ),
        variants=(
            Variant("39", "Teal, EU 39", "湖绿 39码", "teal", 8),
            Variant("41", "Teal, EU 41", "湖绿 41码", "teal", 10),
            Variant("coral-39", "Coral, EU 39", "珊瑚 39码", "coral", 7),
            Variant("indigo-42", "Indigo, EU 42", "靛蓝 42码", "indigo", 9),
        ),
    ),
    Product(
        slug="round-reading-glasses",
        shop="wren-and-thimble",
        category="clothing",
        object_name="glasses",
        price="42.00",
        promised_days=14,
        title_en="Round reading glasses in acetate",
        title_zh="醋酸板材圆框老花镜",
        description_en=(
            "Frames cut from cotton acetate, with spring hinges. Lenses with an "
            "anti-reflective coat. Glasses, hard case and cloth."
        ),
        description_zh=(
            "棉质醋酸板材镜框，弹簧铰链，镜片有防反光膜。含眼镜、硬盒、镜布。"
        ),
        variants=(
            Variant("100", "Walnut, +1.00", "胡桃色 100度", "walnut", 16),
            Variant("200", "Walnut, +2.00", "胡桃色 200度", "walnut", 12),
            Variant("plum-150", "Plum, +1.50", "梅子色 150度", "plum", 10),
        ),
    ),
    Product(
        slug="striped-wool-socks",
        shop="wren-and-thimble",
        category="clothing",
        object_name="socks",
        price="14.50",
        promised_days=14,
        title_en="Wool socks with contrast heel, one pair",
        title_zh="撞色羊毛袜 一双",
        description_en=(
            "70 % wool, 30 % nylon where it wears. Flat toe seam, ribs that stay "
            "up. EU 37 to 42; one pair."
        ),
        description_zh=(
            "七成羊毛，脚跟脚尖混纺尼龙更耐磨，平缝袜头，罗口不下滑。适合37至42码，一双装。"
        ),
        variants=(
            Variant("persimmon", "Persimmon", "柿橙", "persimmon", 40),
            Variant("teal", "Teal", "湖绿", "teal", 36),
            Variant("lilac", "Lilac", "丁香紫", "lilac", 25),
        ),
    ),
)
