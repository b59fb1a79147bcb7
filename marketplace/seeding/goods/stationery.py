"""Paper and the desk."""

from marketplace.seeding.goods.records import Product, Variant

PRODUCTS = (
    Product(
        slug="cloth-notebook-a5",
        shop="kawabe-paper",
        category="stationery",
        object_name="notebook",
        price="2400",
        promised_days=10,
        title_en="Cloth-bound notebook A5, 240 pages",
        title_zh="布面笔记本 A5 240页",
        description_en=(
            "Thread-sewn, so it lies flat. 240 pages of cream paper that takes a "
            "fountain pen without bleeding; 5 mm dots. With ribbon and elastic."
        ),
        description_zh=(
            "锁线装订，可完全摊平。240页米色纸，钢笔书写不洇不透，"
            "5毫米点阵。带书签丝带和松紧绑带。"
        ),
        variants=(
            Variant("indigo", "Indigo", "靛蓝", "indigo", 50),
            Variant("sage", "Sage", "鼠尾草", "sage", 38),
            Variant("lacquer", "Bengara red", "弁柄红", "lacquer", 27),
        ),
    ),
    Product(
        slug="travel-notebook-slim",
        shop="kawabe-paper",
        category="stationery",
        object_name="notebook",
        price="1300",
        promised_days=10,
        title_en="Slim travel notebook, blank, 96 pages",
        title_zh="轻薄旅行手账 空白 96页",
        description_en=(
            "Fits a coat pocket: 9 × 14 cm, 96 blank pages, rounded corners. The "
            "cover wipes clean. One notebook with an elastic."
        ),
        description_zh=(
            "9×14厘米，刚好放进大衣口袋，96页空白内页，圆角。封面可擦拭，带绑带，单本装。"
        ),
        variants=(
            Variant("honey", "Honey", "蜜黄", "honey", 45),
            Variant("graphite", "Graphite", "炭灰", "graphite", 41),
        ),
    ),
    Product(
        slug="mountain-year-picture-book",
        shop="kawabe-paper",
        category="stationery",
        object_name="book",
        price="3600",
        promised_days=10,
        title_en="A Year of Mountains, picture book, bilingual",
        title_zh="《山的一年》绘本 中英双语",
        description_en=(
            "Forty-eight pages of one valley through twelve months, few words, in "
            "English and Chinese. Hardback, 24 × 18 cm, printed on uncoated paper."
        ),
        description_zh=(
            "四十八页画同一座山谷的十二个月，文字很少，中英对照。"
            "精装，24×18厘米，胶版纸印刷。"
        ),
        variants=(
            Variant("day", "Day cover", "白昼封面", "teal", 26),
            Variant("dusk", "Dusk cover", "黄昏封面", "plum", 15),
        ),
    ),
    Product(
        slug="canvas-pencil-case",
        shop="kawabe-paper",
        category="stationery",
        object_name="pencil_case",
        price="1900",
        promised_days=10,
        title_en="Waxed canvas pencil case",
        title_zh="油蜡帆布笔袋",
        description_en=(
            "Waxed cotton with a brass zip; 20 cm, holds about twenty pens and a "
            "ruler. Lined in cotton. The pencils in the picture are not included."
        ),
        description_zh=(
            "油蜡棉帆布，铜拉链，长20厘米，能放约二十支笔加一把尺，棉布内衬。图中铅笔不含。"
        ),
        variants=(
            Variant("ochre", "Ochre", "赭黄", "ochre", 32),
            Variant("pine", "Pine", "松绿", "pine", 28),
            Variant("rose", "Rose", "藕粉", "rose", 20),
        ),
    ),
    Product(
        slug="everyday-fountain-pen",
        shop="kawabe-paper",
        category="stationery",
        object_name="fountain_pen",
        price="7800",
        promised_days=12,
        title_en="Everyday fountain pen, steel nib",
        title_zh="日用钢笔 不锈钢笔尖",
        description_en=(
            "Turned from resin, 18 g, with a steel nib that starts at once even "
            "after a week. Converter and two blue cartridges are in the box."
        ),
        description_zh=(
            "树脂车制笔身，重18克，不锈钢笔尖，放一周也能一写就出水。"
            "盒内附吸墨器一个、蓝色墨囊两支。"
        ),
        variants=(
            Variant("fine", "Cobalt, fine", "钴蓝 F尖", "cobalt", 18),
            Variant("medium", "Cobalt, medium", "钴蓝 M尖", "cobalt", 12),
            Variant("wine", "Wine, fine", "酒红 F尖", "wine", 9),
        ),
    ),
    Product(
        slug="forged-paper-scissors",
        shop="kawabe-paper",
        category="stationery",
        object_name="scissors",
        price="2900",
        promised_days=10,
        title_en="Paper scissors with soft handles, 17 cm",
        title_zh="裁纸剪刀 软握柄 17厘米",
        description_en=(
            "Stainless blades that cut to the very tip, for the left and the "
            "right hand. 17 cm, with a cap for the drawer."
        ),
        description_zh=(
            "不锈钢刀刃，剪到刀尖都利落，左右手都能用。全长17厘米，附收纳刀套。"
        ),
        variants=(
            Variant("coral", "Coral", "珊瑚红", "coral", 35),
            Variant("jade", "Jade", "翠绿", "jade", 29),
        ),
    ),
    Product(
        slug="washi-tape-trio",
        shop="kawabe-paper",
        category="stationery",
        object_name="paper_tape",
        price="980",
        promised_days=10,
        title_en="Washi tape, three rolls, 15 mm",
        title_zh="和纸胶带 三卷装 15毫米",
        description_en=(
            "Tears by hand, writes with any pen, comes off without a mark. Three "
            "rolls of 10 m: one striped, one plain, one dotted."
        ),
        description_zh=("手撕即断，能写字，撕下不留胶。三卷各10米：条纹、纯色、圆点。"),
        variants=(
            Variant("sea", "Sea", "海", "sky", 60),
            Variant("field", "Field", "田", "bamboo", 52),
            Variant("dusk", "Dusk", "暮", "lilac", 44),
        ),
    ),
    Product(
        slug="undated-desk-calendar",
        shop="kawabe-paper",
        category="stationery",
        object_name="desk_calendar",
        price="1800",
        promised_days=10,
        title_en="Undated desk calendar, spiral bound",
        title_zh="填写式台历 线圈装订",
        description_en=(
            "Twelve sheets without dates, so the year begins when you do. A "
            "mountain for each month, ruled boxes below. 18 × 20 cm, on a stand of "
            "cloth-covered board."
        ),
        description_zh=(
            "十二张月历不印日期，哪天开始用都不浪费。每月一幅山景，下面是日期格，"
            "自己填写。18×20厘米，布面硬板底座。"
        ),
        variants=(
            Variant("teal", "Lake", "湖", "teal", 34),
            Variant("lacquer", "Maple", "枫", "lacquer", 22),
        ),
    ),
)
