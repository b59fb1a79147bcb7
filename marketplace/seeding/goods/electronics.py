"""Electronics."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="over-ear-headphones",
        shop="beicang-digital",
        category="electronics",
        object_name="headphones",
        price="699.00",
        promised_days=3,
        title_en="Over-ear headphones, 40 hours, wired or not",
        title_zh="头戴式耳机 续航40小时 有线无线两用",
        description_en=(
            "Closed cups, noise cancelling in three steps, 40 hours a charge. Pads "
            "and battery can be changed at home. Headphones, cable, pouch."
        ),
        description_zh=(
            "封闭式腔体，三档降噪，续航40小时，耳垫和电池可自行更换。"
            "含耳机、音频线、收纳袋。"
        ),
        variants=(
            Variant("graphite", "Graphite", "石墨黑", "graphite", 40),
            Variant("cloud", "Cloud", "云白", "cloud", 33),
            Variant("sage", "Sage", "鼠尾草绿", "sage", 12),
        ),
    ),
    Product(
        slug="children-headphones",
        shop="beicang-digital",
        category="electronics",
        object_name="headphones",
        price="199.00",
        promised_days=3,
        title_en="Headphones for children, volume limit 85 dB",
        title_zh="儿童耳机 85分贝限音",
        description_en=(
            "Never louder than 85 dB, 165 g, with a second socket so that a "
            "friend can listen too. Washable ear pads. 1.2 m cable."
        ),
        description_zh=(
            "最大音量限85分贝，重165克，带分享插孔，两个孩子可一起听。耳垫可洗，线长1.2米。"
        ),
        variants=(
            Variant("coral", "Coral", "珊瑚", "coral", 28),
            Variant("sky", "Sky", "天蓝", "sky", 31),
        ),
    ),
    Product(
        slug="compact-keyboard-75",
        shop="beicang-digital",
        category="electronics",
        object_name="keyboard",
        price="459.00",
        promised_days=3,
        title_en="Compact mechanical keyboard, quiet switches",
        title_zh="紧凑机械键盘 静音轴",
        description_en=(
            "84 keys, sockets for changing switches without solder, cable or "
            "Bluetooth. Keycaps of PBT that do not turn shiny. With a key puller."
        ),
        description_zh=(
            "84键，热插拔轴座，有线蓝牙双模，PBT键帽不打油。附拔键器和数据线。"
        ),
        variants=(
            Variant("cloud", "Cloud", "云白", "cloud", 26),
            Variant("indigo", "Indigo", "靛蓝", "indigo", 18),
            Variant("sage", "Sage", "鼠尾草绿", "sage", 9, "20.00"),
        ),
    ),
    Product(
        slug="small-phone-128",
        shop="beicang-digital",
        category="electronics",
        object_name="phone",
        price="1899.00",
        promised_days=2,
        title_en="Small phone, 5.4 inch, 128 GB",
        title_zh="小屏手机 5.4英寸 128GB",
        description_en=(
            "Fits one hand: 5.4 inch, 148 g. The battery is behind four screws "
            "and sold separately for eight years. Phone, cable, SIM pin."
        ),
        description_zh=(
            "单手可握，5.4英寸，重148克。电池拧四颗螺丝就能换，承诺供应八年。"
            "含手机、数据线、取卡针。"
        ),
        variants=(
            Variant("lilac", "Lilac", "丁香紫", "lilac", 15),
            Variant("graphite", "Graphite", "石墨黑", "graphite", 22),
            Variant("celadon", "Celadon", "青瓷", "celadon", 3),
        ),
    ),
    Product(
        slug="field-wrist-watch",
        shop="beicang-digital",
        category="electronics",
        object_name="watch",
        price="528.00",
        promised_days=3,
        title_en="Field watch, 36 mm, leather strap",
        title_zh="野战风腕表 36毫米 真皮表带",
        description_en=(
            "Steel case, sapphire glass, quartz movement, water resistant to "
            "50 m. The strap changes without tools. Two-year battery fitted."
        ),
        description_zh=(
            "钢壳、蓝宝石镜面、石英机芯，50米防水，表带免工具快拆。已装两年期电池。"
        ),
        variants=(
            Variant("walnut", "Walnut strap", "胡桃色表带", "walnut", 16),
            Variant("pine", "Pine strap", "松绿表带", "pine", 13),
            Variant("ink", "Ink strap", "黑色表带", "ink", 20),
        ),
    ),
    Product(
        slug="pocket-film-camera",
        shop="beicang-digital",
        category="electronics",
        object_name="camera",
        price="868.00",
        promised_days=4,
        title_en="35 mm film camera with a 32 mm lens",
        title_zh="35毫米胶片相机 32毫米镜头",
        description_en=(
            "Metal body, three-zone focus, built-in light meter. Takes any 35 mm "
            "film; one roll of 24 exposures is included with the strap."
        ),
        description_zh=(
            "金属机身，三区对焦，内置测光，适用各类135胶卷。附24张胶卷一卷和背带一条。"
        ),
        variants=(
            Variant("ink", "Ink", "黑", "ink", 12),
            Variant("terracotta", "Terracotta", "陶土红", "terracotta", 8),
            Variant("pine", "Pine", "松绿", "pine", 6),
        ),
    ),
    Product(
        slug="fabric-room-speaker",
        shop="beicang-digital",
        category="electronics",
        object_name="speaker",
        price="399.00",
        promised_days=3,
        title_en="Room speaker with carrying strap",
        title_zh="布面蓝牙音箱 带提带",
        description_en=(
            "One wide driver behind woven cloth, 16 hours a charge, and a real "
            "knob for the volume. 18 cm wide, 1.2 kg. With USB-C cable."
        ),
        description_zh=(
            "织布网面，全频单元，续航16小时，音量是真旋钮。宽18厘米，重1.2公斤，附USB-C线。"
        ),
        variants=(
            Variant("teal", "Teal", "湖蓝", "teal", 19),
            Variant("sand", "Sand", "沙色", "sand", 23),
            Variant("wine", "Wine", "酒红", "wine", 10),
        ),
    ),
    Product(
        slug="silent-wireless-mouse",
        shop="beicang-digital",
        category="electronics",
        object_name="mouse",
        price="89.00",
        promised_days=3,
        title_en="Silent wireless mouse",
        title_zh="静音无线鼠标",
        description_en=(
            "Clicks that do not wake the house, one AA battery for a year, USB "
            "receiver stored inside. Works on glass. Battery included."
        ),
        description_zh=(
            "按键几乎无声，一节5号电池用一年，接收器可收进机身，玻璃桌面也能用。附电池。"
        ),
        variants=(
            Variant("cloud", "Cloud", "云白", "cloud", 60),
            Variant("violet", "Violet", "堇紫", "violet", 24),
            Variant("graphite", "Graphite", "石墨", "graphite", 52),
        ),
    ),
)
