//! English.

#[rustfmt::skip]
pub(super) const WORDS: [&str; 256] = [
    "airport", "amber", "anchor", "apple", "apron", "arrow", "attic", "autumn", "bacon", "bakery", "balcony",
    "banana", "basket", "bathtub", "bench", "bicycle", "blanket", "blossom", "bonfire", "bottle", "branch", "bread",
    "brick", "bridge", "broom", "bubble", "bucket", "butter", "cabin", "cactus", "camel", "candle", "canoe", "carpet",
    "castle", "cello", "cherry", "chimney", "circus", "clarinet", "clock", "cloud", "clover", "coconut", "coffee",
    "comet", "compass", "cookie", "copper", "cottage", "cradle", "crayon", "cricket", "crown", "crystal", "cucumber",
    "curtain", "cushion", "daisy", "dancer", "diamond", "dinner", "dolphin", "dragon", "drawer", "drum", "eagle",
    "elbow", "elephant", "elevator", "emerald", "engine", "envelope", "eraser", "evening", "fabric", "falcon",
    "farmer", "feather", "fence", "ferry", "fiddle", "finger", "flag", "flute", "forest", "fountain", "frog", "fruit",
    "galaxy", "garden", "garlic", "giraffe", "glass", "globe", "goose", "grape", "guitar", "hammer", "harbour",
    "hazel", "helmet", "honey", "horizon", "hotel", "house", "iceberg", "island", "ivory", "jacket", "jaguar",
    "jasmine", "jelly", "jigsaw", "jungle", "kangaroo", "kettle", "keyboard", "kitchen", "kitten", "ladder",
    "lantern", "lemon", "leopard", "letter", "library", "lizard", "lobster", "lunch", "magnet", "mango", "maple",
    "marble", "market", "meadow", "melon", "mermaid", "meteor", "mirror", "monkey", "motor", "museum", "mushroom",
    "napkin", "necklace", "nickel", "noodle", "notebook", "oasis", "ocean", "octopus", "office", "olive", "onion",
    "opera", "orange", "orchard", "organ", "otter", "oven", "oyster", "palace", "pancake", "panda", "paper", "parade",
    "parrot", "pasta", "pebble", "pencil", "penguin", "pepper", "piano", "picnic", "pigeon", "pillow", "pilot",
    "pizza", "planet", "pocket", "poppy", "potato", "pumpkin", "puppet", "puzzle", "pyramid", "rabbit", "radio",
    "railway", "rainbow", "raisin", "ribbon", "river", "robin", "robot", "ruby", "saddle", "salad", "salmon",
    "sandal", "sausage", "scarf", "school", "shadow", "shirt", "shovel", "silver", "skate", "sofa", "sparrow",
    "spider", "spoon", "squirrel", "statue", "stork", "street", "studio", "sugar", "summer", "sunrise", "sweater",
    "swing", "tailor", "teapot", "tennis", "theatre", "thumb", "thunder", "ticket", "tiger", "timber", "toast",
    "tomato", "towel", "tractor", "treasure", "triangle", "trumpet", "tulip", "tunnel", "turtle", "umbrella",
    "valley", "vanilla", "velvet", "village", "violin", "volcano", "waffle", "wagon", "wallet", "window", "winter",
    "yoghurt", "zebra", "zipper",
];
