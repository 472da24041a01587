/** Country codes, and the general endings that almost anybody can register: what makes `a.b` a domain in running text. */
export const tlds: ReadonlySet<string> = new Set(
  (
    'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf ' +
    'cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg ' +
    'gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn ' +
    'kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na ' +
    'nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh ' +
    'si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve ' +
    'vg vi vn vu wf ws ye yt za zm zw ' +
    'academy accountant accountants actor adult aero agency amazon apartments app archi army art asia associates attorney ' +
    'auction audio auto autos aws baby band bar bargains beauty beer best bet bible bid bike bingo bio biz black ' +
    'blackfriday blog blue boats bond boo boutique box broker build builders business buzz cab cafe cam camera camp ' +
    'capital car cards care career careers cars casa cash casino cat catering center ceo cfd channel charity chat cheap ' +
    'christmas church city claims cleaning click clinic clothing cloud club coach codes coffee college com community ' +
    'company compare computer condos construction consulting contractors cooking cool coop country coupons courses credit ' +
    'creditcard cricket cruises cyou dad dance date dating day deals degree delivery democrat dental dentist design dev ' +
    'diamonds diet digital direct directory discount diy doctor dog domains download earth eco edu education email energy ' +
    'engineer engineering enterprises equipment esq estate events example exchange expert exposed express fail faith ' +
    'family fan fans farm fashion fast feedback film finance financial fish fishing fit fitness flights florist flowers ' +
    'foo food football forex forsale forum foundation free fun fund furniture futbol fyi gallery game games garden gay gdn ' +
    'gift gifts gives giving glass global gmbh gold golf gov graphics gratis green gripe group guide guitars guru hair ' +
    'haus health healthcare help hiphop hockey holdings holiday homes horse hospital host hosting hot house icu immo ' +
    'immobilien inc industries info ing ink institute insure int international invalid investments jetzt jewelry jobs ' +
    'juegos kaufen kids kim kitchen kiwi kyoto land lat law lawyer lease legal lgbt life lifestyle lighting limited limo ' +
    'link live living llc loan loans locker lol london lotto love ltd luxe luxury maison makeup management market ' +
    'marketing markets mba media meme memorial men menu miami mil mobi moda moe moi mom money monster mortgage motorcycles ' +
    'mov movie museum music nagoya name net network news nexus ngo ninja nyc observer okinawa one ong onl online ooo org ' +
    'organic osaka ovh page paris partners parts party pet phd photo photography photos physio pics pictures pink pizza ' +
    'place plumbing plus poker porn post press pro productions prof promo properties property protection pub qpon quest ' +
    'racing radio realty recipes red rehab reise reisen ren rent rentals repair report republican rest restaurant review ' +
    'reviews rich rip rocks rodeo rsvp run ryukyu sale salon sarl sbs school schule science security services sew sex sexy ' +
    'shoes shop shopping show singles site ski skin soccer social software solar solutions soy spa space spot storage ' +
    'store stream studio study style sucks supplies supply support surf surgery systems talk tattoo tax taxi team tech ' +
    'technology tel tennis test theater theatre tickets tienda tips tires today tokyo tools top tours town toys trade ' +
    'trading training travel trust tube university uno vacations vegas ventures versicherung vet viajes video villas vin ' +
    'vip vision vodka vote voting voto voyage wang watch watches webcam website wedding wiki win wine work works world wtf ' +
    'xxx xyz yachts yoga yokohama you zip zone'
  ).split(' '),
);

/** The endings in Japanese and Chinese letters, of the root zone: https://data.iana.org/TLD/tlds-alpha-by-domain.txt */
export const asianTlds: readonly string[] = (
  'みんな コム クラウド ファッション ストア セール ポイント アマゾン グーグル 家電 書籍 通販 世界 商店 商标 商城 食品 健康 娱乐 慈善 企业 公司 公益 ' +
  '网络 网站 网址 网店 在线 中文网 中信 中国 中國 香港 台湾 台灣 新加坡 澳門 我爱你 集团 购物 信息 新闻 游戏 手机 移动 招聘 时尚 点看 八卦 嘉里 ' +
  '嘉里大酒店 大拿 广东 佛山 政务 政府 机构 组织机构 微博 淡马锡 联通 谷歌 飞利浦 餐厅 天主教 亚马逊 電訊盈科 香格里拉'
).split(' ');
