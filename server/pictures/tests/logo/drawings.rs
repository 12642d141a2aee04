//! SVG.

use pictures::{DrawingRefusal, LogoRefusal, logo};

use crate::{files::drawing, middle};

const SHAPE: &str = "<rect width=\"200\" height=\"100\" fill=\"#0a6e46\"/>";

fn refused(file: &[u8]) -> DrawingRefusal {
    match logo(file) {
        Err(LogoRefusal::Drawing(refusal)) => refusal,
        other => panic!("{other:?} of {}", String::from_utf8_lossy(&file[..file.len().min(300)])),
    }
}

#[test]
fn shapes_and_colours_become_pixels() {
    let drawn = logo(&drawing(SHAPE)).unwrap();
    assert_eq!(middle(&drawn), [0x0a, 0x6e, 0x46]);
    assert_eq!((drawn.large.width, drawn.large.height), (960, 480), "a drawing is as large as it is kept");
    // As drawing programs write them: a class, a gradient, something cut out of something that is used again, and notes
    // of their own.
    let illustrated = "<?xpacket begin=\"\"?><metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
        <cc:Work xmlns:cc=\"http://creativecommons.org/ns#\" rdf:about=\"\"/></rdf:RDF></metadata>\
        <defs><style>.a{clip-path:url(#c);}.b{fill:url(#g)}</style><circle id=\"s\" cx=\"100\" cy=\"50\" r=\"48\"/>\
        <clipPath id=\"c\"><use xlink:href=\"#s\"/></clipPath><linearGradient id=\"g\"><stop stop-color=\"#c00\"/>\
        <stop offset=\"1\" stop-color=\"#c00\"/></linearGradient></defs>\
        <g class=\"a\"><rect class=\"b\" width=\"200\" height=\"100\" stroke-dasharray=\"none\"/></g>";
    let drawn = logo(&drawing(illustrated)).unwrap();
    assert_eq!(middle(&drawn), [0xcc, 0, 0]);
    let image = image::load_from_memory(&drawn.large.png).unwrap().into_rgb8();
    assert_eq!(image.get_pixel(4, 4).0, [255; 3]);
}

#[test]
fn what_would_run_or_ask_for_something_is_refused() {
    use DrawingRefusal::{DocumentType, Element, Letters, Outside, Script};
    for (inside, refusal) in [
        ("<script>alert(1)</script>", Script),
        ("<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>", Script),
        ("<g onload=\"alert(1)\"/>", Script),
        ("<rect OnClick=\"alert(1)\"/>", Script),
        ("<use xlink:href=\"javascript:alert(1)\"/>", Script),
        ("<use href=\"https://example.org/a.svg#a\"/>", Outside),
        ("<use href=\"data:image/svg+xml;base64,AAAA#a\"/>", Outside),
        ("<linearGradient id=\"a\" href=\"file:///etc/passwd\"/>", Outside),
        ("<rect style=\"fill:url( 'https://example.org/p.svg#p')\"/>", Outside),
        ("<style>@import 'https://example.org/a.css';</style>", Outside),
        ("<style>@font-face{font-family:a;src:local(b)}</style>", Outside),
        ("<?xml-stylesheet href=\"https://example.org/a.css\"?>", Outside),
        ("<a href=\"#a\"><rect/></a>", Element("a".into())),
        ("<image href=\"#a\"/>", Element("image".into())),
        (
            "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
            Element("foreignObject".into()),
        ),
        ("<filter id=\"f\"><feFlood/></filter>", Element("filter".into())),
        ("<mask id=\"m\"/>", Element("mask".into())),
        ("<pattern id=\"p\"/>", Element("pattern".into())),
        ("<marker id=\"p\"/>", Element("marker".into())),
        ("<symbol id=\"p\"/>", Element("symbol".into())),
        ("<animate attributeName=\"x\"/>", Element("animate".into())),
        ("<set attributeName=\"x\"/>", Element("set".into())),
        ("<svg/>", Element("svg".into())),
        ("<text>Aplodi</text>", Letters),
    ] {
        assert_eq!(refused(&drawing(&format!("{inside}{SHAPE}"))), refusal, "{inside}");
    }
    let laughs = "<!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>";
    assert_eq!(refused(format!("{laughs}{}", String::from_utf8(drawing("&b;")).unwrap()).as_bytes()), DocumentType);
    let outside = "<!DOCTYPE svg SYSTEM \"file:///etc/passwd\">";
    assert_eq!(refused(format!("{outside}{}", String::from_utf8(drawing("")).unwrap()).as_bytes()), DocumentType);
}

#[test]
fn what_would_take_for_ever_is_refused_before_it_is_drawn() {
    let uses = |target: &str| format!("<use href=\"#{target}\"/>").repeat(10);
    let each = |from: u32, to: u32, one: &dyn Fn(u32) -> String| (from..to).map(one).collect::<Vec<_>>().concat();
    let nested = each(1, 8, &|n| format!("<g id=\"l{n}\">{}</g>", uses(&format!("l{}", n - 1))));
    let many = format!("<g id=\"g\">{}</g>{}", "<path d=\"M0 0h9\"/>".repeat(1000), "<use href=\"#g\"/>".repeat(1000));
    let cut = |n: u32| {
        format!(
            "<clipPath id=\"c{n}\">{}</clipPath>",
            format!("<rect class=\"k{}\" width=\"9\" height=\"9\"/>", n + 1).repeat(10)
        )
    };
    let style = each(0, 20, &|n| format!(".k{n}{{clip-path:url(#c{n})}}"));
    let cuts = format!("<style>{style}</style>{}<g class=\"k0\">{SHAPE}</g>", each(0, 20, &cut));
    let attributes = each(0, 60_000, &|n| format!(" a{n}=\"\""));
    let layers = format!("{}{SHAPE}{}", "<g opacity=\".9\">".repeat(40), "</g>".repeat(40));
    let rules = "a>b{fill:red}".repeat(5_000);
    for (what, inside, refusal) in [
        ("used again and again", format!("<g id=\"l0\">{SHAPE}</g>{nested}"), DrawingRefusal::Element("use".into())),
        ("itself", "<g id=\"i\"><use href=\"#i\"/></g>".to_owned(), DrawingRefusal::Element("use".into())),
        ("used often", many, DrawingRefusal::Intricate),
        ("cut and cut", cuts, DrawingRefusal::Intricate),
        ("deep", format!("{}{}", "<g>".repeat(5_000), "</g>".repeat(5_000)), DrawingRefusal::Intricate),
        ("elements", "<g/>".repeat(30_000), DrawingRefusal::Intricate),
        ("attributes", format!("<rect{attributes}/>"), DrawingRefusal::Intricate),
        ("layers", layers, DrawingRefusal::Intricate),
        ("rules", format!("<style>{rules}</style>"), DrawingRefusal::Intricate),
        ("paint", SHAPE.repeat(1_000), DrawingRefusal::Intricate),
        ("points", format!("<path d=\"M0 0{}\"/>", "h1v1".repeat(220_000)), DrawingRefusal::Intricate),
        (
            "dashes",
            "<path d=\"M0 0h200\" stroke=\"#000\" stroke-dasharray=\".00001\"/>".to_owned(),
            DrawingRefusal::Element("stroke-dasharray".into()),
        ),
        ("weight", " ".repeat(1024 * 1024), DrawingRefusal::Intricate),
    ] {
        assert_eq!(refused(&drawing(&inside)), refusal, "{what}");
    }
}

#[test]
fn what_has_no_size_shows_nothing_or_is_no_drawing_is_refused() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
    for (file, refusal) in [
        (format!("{svg} width=\"0\" height=\"0\"/>"), LogoRefusal::Broken),
        (format!("{svg} viewBox=\"0 0 10 10\"><rect"), LogoRefusal::Broken),
        (format!("{svg} viewBox=\"0 0 10 10\"/>"), LogoRefusal::Blank),
        (format!("{svg} viewBox=\"0 0 100000 1\">{SHAPE}</svg>"), LogoRefusal::TooLong),
        (format!("{svg} viewBox=\"0 0 1e38 1e-38\">{SHAPE}</svg>"), LogoRefusal::TooLong),
        ("<svg/>".to_owned(), LogoRefusal::OtherKind),
        ("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>".to_owned(), LogoRefusal::OtherKind),
        ("no drawing".to_owned(), LogoRefusal::OtherKind),
    ] {
        assert_eq!(logo(file.as_bytes()).unwrap_err(), refusal, "{file}");
    }
    assert_eq!(logo(b"\x1f\x8b\x08\0").unwrap_err(), LogoRefusal::OtherKind, "packed");
}
