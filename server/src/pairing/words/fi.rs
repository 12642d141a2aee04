//! Finnish.

#[rustfmt::skip]
pub(super) const WORDS: [&str; 256] = [
    "aamu", "aarre", "aasi", "ahven", "aitta", "ankka", "apila", "aurinko", "avain", "avaruus", "banaani", "bussi",
    "delfiini", "domino", "etana", "fasaani", "flyygeli", "haarukka", "hanhi", "hansikas", "harava", "harppu",
    "hattu", "hauki", "hedelmä", "helmi", "hevonen", "hiekka", "hiiri", "hillo", "hirvi", "hissi", "höyhen", "huilu",
    "huivi", "hunaja", "hylje", "ikkuna", "ilta", "ilves", "jäätelö", "jalka", "jänis", "järvi", "joki", "jousi",
    "juna", "juusto", "kaakao", "kaali", "kahvi", "kaivo", "kajakki", "kaktus", "kallio", "kamera", "kaneli", "käpy",
    "karhu", "karpalo", "kartta", "kattila", "kauha", "kauppa", "keinu", "keksi", "kello", "kenkä", "kesä", "kettu",
    "kevät", "kiekko", "kilpi", "kirahvi", "kirja", "kirsikka", "kissa", "kitara", "kivi", "koala", "koira",
    "kompassi", "kookos", "kori", "koski", "kotka", "koulu", "köysi", "kukka", "kulho", "kurkku", "kurpitsa", "kuu",
    "kuusi", "kylä", "kynttilä", "laatikko", "laituri", "lakana", "lammas", "lamppu", "lapio", "laukku", "laulu",
    "lehmä", "lehti", "leijona", "leipä", "lepakko", "levy", "linna", "lintu", "lippu", "lohi", "lokki", "lumi",
    "luola", "lusikka", "lyhty", "maito", "majakka", "makkara", "mansikka", "mänty", "marja", "mehu", "meri", "metro",
    "metsä", "moottori", "muki", "museo", "mylly", "myrsky", "naapuri", "nalle", "nappi", "nauris", "näyttämö",
    "neilikka", "neula", "niitty", "noppa", "norsu", "nukke", "nuotio", "ohra", "oksa", "öljy", "omena", "onki",
    "ooppera", "orava", "orkidea", "pähkinä", "paita", "pallo", "palmu", "pannu", "paperi", "parveke", "patja",
    "peikko", "peili", "penkki", "perhonen", "peruna", "piano", "pihlaja", "piirakka", "pilvi", "pipari", "portti",
    "posti", "pöytä", "puisto", "purje", "puro", "pyörä", "pyykki", "raketti", "ranta", "rasia", "reki", "reppu",
    "riisi", "ritari", "robotti", "rumpu", "runko", "ruoho", "rusina", "ruusu", "saapas", "saari", "safiiri", "sähkö",
    "saippua", "sakset", "salaatti", "sammal", "satama", "sauna", "seepra", "seinä", "sieni", "siili", "silkki",
    "simpukka", "sinappi", "sipuli", "sirkus", "sitruuna", "sohva", "soihtu", "solmu", "sormus", "suklaa", "sulka",
    "sydän", "syksy", "tähti", "taivas", "takka", "talo", "tammi", "tango", "tasku", "teatteri", "teltta", "tiikeri",
    "timantti", "tomaatti", "tonttu", "torni", "traktori", "tunneli", "tuoli", "tyyny", "uimari", "uuni", "vaahtera",
    "vadelma", "valas", "varis", "varpunen", "vasara", "vaunu", "vene", "verho", "vesi", "viikuna", "villa", "viulu",
    "vuohi", "yrtti",
];
