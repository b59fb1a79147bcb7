"""Bags, wheels and camp."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="ridge-daypack-22",
        shop="ridgeline-supply",
        category="travel",
        object_name="backpack",
        price="118.00",
        promised_days=16,
        title_en="Day pack, 22 l, waxed canvas",
        title_zh="油蜡帆布双肩包 22升",
        description_en=(
            "Waxed canvas with leather straps, a padded back and a sleeve for a "
            "14-inch computer. 22 l, 1.1 kg. Spare buckle in the pocket."
        ),
        description_zh=(
            "油蜡帆布配皮带扣，背部有衬垫，内有14寸电脑夹层。"
            "容量22升，重1.1公斤，口袋里附备用扣一个。"
        ),
        variants=(
            Variant("moss", "Moss", "苔绿", "moss", 14),
            Variant("indigo", "Indigo", "靛蓝", "indigo", 11),
            Variant("ochre", "Ochre", "赭黄", "ochre", 9),
        ),
    ),
    Product(
        slug="kids-trail-pack-10",
        shop="ridgeline-supply",
        category="travel",
        object_name="backpack",
        price="59.00",
        promised_days=16,
        title_en="Trail pack for children, 10 l",
        title_zh="儿童徒步背包 10升",
        description_en=(
            "Sized for six to ten years: 10 l, 480 g, with a chest strap and a "
            "whistle. Recycled nylon, washable. One pack."
        ),
        description_zh=(
            "适合六至十岁，容量10升，重480克，带胸扣和求生哨。再生尼龙，可水洗。"
        ),
        variants=(
            Variant("coral", "Coral", "珊瑚", "coral", 18),
            Variant("sky", "Sky", "天蓝", "sky", 15),
        ),
    ),
    Product(
        slug="cabin-suitcase-36",
        shop="ridgeline-supply",
        category="travel",
        object_name="suitcase",
        price="189.00",
        promised_days=18,
        title_en="Cabin suitcase, 36 l, quiet wheels",
        title_zh="登机箱 36升 静音轮",
        description_en=(
            "Polycarbonate shell, 55 × 38 × 22 cm, 2.9 kg. The wheels pull out "
            "without tools when they wear. With two packing bags."
        ),
        description_zh=(
            "聚碳酸酯箱体，55×38×22厘米，重2.9公斤。轮子磨损后可徒手更换，附收纳袋两个。"
        ),
        variants=(
            Variant("butter", "Butter", "奶黄", "butter", 8),
            Variant("slate", "Slate", "石板灰", "slate", 12),
            Variant("pine", "Pine", "松绿", "pine", 6),
        ),
    ),
    Product(
        slug="market-canvas-tote",
        shop="ridgeline-supply",
        category="travel",
        object_name="tote",
        price="34.00",
        promised_days=15,
        title_en="Market tote, 18 oz canvas",
        title_zh="加厚帆布托特包",
        description_en=(
            "Heavy canvas that stands up by itself, handles long enough for the "
            "shoulder, one inner pocket. Printed with a sunrise. 38 × 36 cm."
        ),
        description_zh=(
            "18安厚帆布，放下能自己站住，提手够长可上肩，内有一个小袋。"
            "印有日出图案，38×36厘米。"
        ),
        variants=(
            Variant("cream", "Natural", "本白", "cream", 40),
            Variant("teal", "Teal", "湖绿", "teal", 22),
            Variant("rose", "Rose", "藕粉", "rose", 16),
        ),
    ),
    Product(
        slug="storm-umbrella-beech",
        shop="ridgeline-supply",
        category="travel",
        object_name="umbrella",
        price="72.00",
        promised_days=16,
        title_en="Storm umbrella with beech handle",
        title_zh="抗风长柄伞 榉木手柄",
        description_en=(
            "Eight fibreglass ribs that bend and come back, 112 cm across, opens "
            "by button. The cover dries in an hour. One umbrella with its sleeve."
        ),
        description_zh=(
            "八根玻纤伞骨，翻了能弹回，伞面直径112厘米，一键自开，一小时晾干。附伞套。"
        ),
        variants=(
            Variant("honey", "Honey", "蜜黄", "honey", 13),
            Variant("wine", "Wine", "酒红", "wine", 11),
            Variant("cobalt", "Cobalt", "钴蓝", "cobalt", 10),
        ),
    ),
    Product(
        slug="two-person-tent",
        shop="ridgeline-supply",
        category="travel",
        object_name="tent",
        price="329.00",
        promised_days=18,
        title_en="Ridge tent for two, 2.1 kg",
        title_zh="双人屋脊帐篷 2.1公斤",
        description_en=(
            "Double wall, 3000 mm water column, stands with two poles. Floor "
            "210 × 130 cm. Tent, poles, eight pegs, four lines and a bag."
        ),
        description_zh=(
            "双层结构，防水3000毫米，两根撑杆即可搭起，内帐210×130厘米。"
            "含帐篷、撑杆、地钉八枚、防风绳四根、收纳袋。"
        ),
        variants=(
            Variant("persimmon", "Persimmon", "柿橙", "persimmon", 7),
            Variant("sage", "Sage", "鼠尾草绿", "sage", 9),
        ),
    ),
    Product(
        slug="town-bicycle-8",
        shop="ridgeline-supply",
        category="travel",
        object_name="bicycle",
        price="740.00",
        promised_days=25,
        title_en="Town bicycle, 8 speeds, with basket",
        title_zh="八速城市自行车 带车篮",
        description_en=(
            "Steel frame, hub gears, belt drive: no oil on trousers. Comes nine "
            "tenths built; fit handlebar, pedals and front wheel with the tools in "
            "the box."
        ),
        description_zh=(
            "钢架、内八速、皮带传动，不沾裤脚。到货已装九成，"
            "用盒内工具装上车把、脚踏和前轮即可。"
        ),
        variants=(
            Variant("s", "Jade, frame S", "翠绿 小架", "jade", 4),
            Variant("m", "Jade, frame M", "翠绿 中架", "jade", 5),
            Variant("cream-m", "Cream, frame M", "奶白 中架", "cream", 3),
        ),
    ),
    Product(
        slug="steel-flask-750",
        shop="ridgeline-supply",
        category="travel",
        object_name="flask",
        price="38.00",
        promised_days=15,
        title_en="Insulated flask with loop cap, 750 ml",
        title_zh="提环保温瓶 750毫升",
        description_en=(
            "Double-walled steel: hot for twelve hours, cold for twenty. The wide "
            "neck takes ice and a bottle brush. 750 ml, 390 g."
        ),
        description_zh=(
            "双层不锈钢，保温十二小时，保冷二十小时。大口径，能放冰块、好刷洗。"
            "容量750毫升，重390克。"
        ),
        variants=(
            Variant("teal", "Teal", "湖绿", "teal", 28),
            Variant("coral", "Coral", "珊瑚", "coral", 21),
            Variant("ink", "Ink", "墨黑", "ink", 25),
        ),
    ),
)
