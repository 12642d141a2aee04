//! Swedish.

#[rustfmt::skip]
pub(super) const WORDS: [&str; 256] = [
    "affisch", "åker", "album", "älg", "ananas", "ankare", "apelsin", "äpple", "aprikos", "atlas", "avokado",
    "badkar", "bagare", "båge", "balkong", "bälte", "banan", "banjo", "bänk", "batteri", "bäver", "biljett",
    "biograf", "björk", "blad", "blomma", "boll", "böna", "bord", "bräda", "brev", "bricka", "burk", "cello",
    "choklad", "cirkus", "citron", "cykel", "delfin", "diamant", "dimma", "docka", "domino", "dörr", "drake",
    "droppe", "dusch", "duva", "ekorre", "elefant", "fackla", "fågel", "fartyg", "fåtölj", "ficka", "fikon", "filt",
    "finger", "fiol", "fjäril", "flagga", "flaska", "flöjt", "flygel", "fönster", "fontän", "fotboll", "gaffel",
    "garage", "garn", "gåva", "giraff", "gitarr", "glas", "grädde", "gris", "groda", "gröt", "guld", "gunga", "gurka",
    "hallon", "hammare", "hamn", "hand", "harpa", "hatt", "hink", "hiss", "hjälm", "hjul", "honung", "hotell",
    "hummer", "isbjörn", "jacka", "kaffe", "kaktus", "kalender", "källa", "kamel", "kanin", "kanot", "kapten",
    "karamell", "karta", "karusell", "kedja", "kikare", "kiosk", "kjol", "klocka", "klubba", "knapp", "kompass",
    "konsert", "kopp", "korall", "korg", "krabba", "krokodil", "krona", "krydda", "kudde", "kvast", "labyrint",
    "lakan", "lampa", "lärka", "lastbil", "lejon", "leksak", "lilja", "lingon", "lykta", "magnet", "makrill",
    "mandel", "måne", "marknad", "matta", "medalj", "melon", "meteor", "mjölk", "moln", "moped", "morot", "mossa",
    "motor", "mugg", "museum", "mygga", "näsa", "nyckel", "ocean", "öken", "opera", "orgel", "orkester", "ostron",
    "padda", "paket", "palats", "papegoja", "papper", "paraply", "park", "pärla", "päron", "pelikan", "penna",
    "pensel", "peppar", "piano", "pilot", "pingvin", "pinne", "pirat", "pizza", "planet", "plommon", "potatis",
    "pudding", "pulka", "pumpa", "pussel", "pyramid", "regn", "ring", "robot", "rosin", "ryggsäck", "sallad", "salt",
    "säng", "saxofon", "segel", "selleri", "senap", "silver", "sirap", "sjal", "sjöman", "sked", "skepp", "skida",
    "skjorta", "skog", "skola", "slott", "smör", "snigel", "socker", "soffa", "soppa", "spade", "sparv", "spik",
    "spindel", "staket", "stjärna", "stol", "storm", "strumpa", "svala", "svamp", "svan", "tallrik", "tapet", "tavla",
    "teater", "tempel", "tennis", "tidning", "tiger", "tomat", "tomte", "traktor", "trappa", "triangel", "tröja",
    "trumma", "tulpan", "tunna", "tvål", "uggla", "våffla", "vagn", "vanilj", "väska", "vatten", "veranda", "vinter",
    "yoghurt", "zebra",
];
