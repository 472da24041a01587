/** Country codes, and the general endings that are seen in Japan or loved by fraudsters: what makes `a.b` a domain in running text. */
export const tlds: ReadonlySet<string> = new Set(
  (
    'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ' +
    'ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi ' +
    'gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ' +
    'ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ' +
    'ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn ' +
    'so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ' +
    'ye yt za zm zw com net org info biz name pro mobi asia edu gov mil int top xyz shop store online site website club vip ' +
    'app dev page link click live life icu cyou cfd sbs bond buzz rest fit work support help email cloud host space tech art ' +
    'fun win bid loan men date racing party review science trade download stream gdn one world today center company services ' +
    'lol monster quest zip mov pics hair skin makeup boats autos homes yachts motorcycles tattoo lat cam uno ooo onl ren wang ' +
    'ltd llc guru ninja webcam accountant faith cricket foo ' +
    'solutions network systems digital agency media news blog wiki zone tokyo osaka nagoya example test invalid amazon aws'
  ).split(' '),
);
