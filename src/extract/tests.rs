//! Files as they come, and as they come to do harm; all are made here.

use std::io::{Cursor, Write};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::passages;
use crate::documents::{Format, Unreadable, limit};

/// A zip file of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", text.as_bytes()),
    ])
}

/// A PDF with these pages; each is the content of one stream.
fn pdf(pages: &[Stream]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let kids: Vec<Object> = pages
        .iter()
        .map(|content| {
            let content = document.add_object(content.clone());
            let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(
        tree,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}

fn page(words: &str) -> Stream {
    let operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 12.into()]),
        Operation::new("Td", vec![50.into(), 700.into()]),
        Operation::new("Tj", vec![Object::string_literal(words)]),
        Operation::new("ET", vec![]),
    ];
    let content = Content { operations };
    Stream::new(Dictionary::new(), content.encode().unwrap())
}

fn written(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn refused(name: &str, bytes: &[u8]) -> Unreadable {
    passages(name, bytes).expect_err(name)
}

#[test]
fn a_word_file_is_read_by_its_headings() {
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Prices</w:t></w:r></w:p>\
        <w:p><w:r><w:t>We charge</w:t></w:r><w:r><w:t xml:space=\"preserve\"> $49 &amp; tax&#46;</w:t></w:r></w:p>\
        <w:p><w:r><w:instrText>MACROBUTTON x</w:instrText><w:tab/><w:t>Net 30</w:t></w:r></w:p>";
    let (format, found) = passages("plan.docx", &word(body)).unwrap();
    assert_eq!(format, Format::Word);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].heading, "Prices");
    assert_eq!(found[0].text, "We charge $49 & tax.\n\nNet 30");
}

#[test]
fn a_pdf_is_read_page_by_page() {
    let bytes = written(pdf(&[
        page("Discounts need approval."),
        page("Trials last 45 days."),
    ]));
    let (format, found) = passages("plan.pdf", &bytes).unwrap();
    assert_eq!(format, Format::Pdf);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.heading.as_str(), one.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Page 1", "Discounts need approval."),
            ("Page 2", "Trials last 45 days.")
        ]
    );
}

#[test]
fn what_unpacks_without_end_is_refused() {
    // 64 MB of one letter pack to some 60 KB.
    let bomb = "a".repeat(64 * 1024 * 1024);
    let file = word(&format!("<w:p><w:r><w:t>{bomb}</w:t></w:r></w:p>"));
    assert!(file.len() < 300_000);
    assert_eq!(refused("bomb.docx", &file), Unreadable::TooMuch);
    let mut stream = Stream::new(Dictionary::new(), vec![b' '; 64 * 1024 * 1024]);
    stream.compress().unwrap();
    let file = written(pdf(&[stream]));
    assert!(file.len() < 300_000);
    assert_eq!(refused("bomb.pdf", &file), Unreadable::TooMuch);
}

#[test]
fn entities_that_name_each_other_are_not_expanded() {
    let lol = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p>";
    let file = packed(&[("word/document.xml", lol.as_bytes())]);
    let (_, found) = passages("lol.docx", &file).unwrap();
    assert_eq!(found[0].text, "xy");
}

#[test]
fn files_of_other_kinds_and_with_macros_are_refused() {
    let text = word("<w:p><w:r><w:t>x</w:t></w:r></w:p>");
    let inner = packed(&[("plan.docx", &text)]);
    assert_eq!(refused("nested.zip", &inner), Unreadable::OtherKind);
    let table = packed(&[("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(refused("table.docx", &table), Unreadable::OtherKind);
    let macros = packed(&[
        ("word/document.xml", b"<w:p/>"),
        ("word/vbaProject.bin", b"Sub AutoOpen()"),
    ]);
    assert_eq!(refused("plan.docm", &macros), Unreadable::Macros);
    let many: Vec<String> = (0..=limit::PARTS).map(|n| format!("p{n}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(refused("many.docx", &packed(&many)), Unreadable::TooMuch);
}

#[test]
fn a_locked_pdf_is_refused() {
    let mut document = pdf(&[page("Secret prices.")]);
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    assert_eq!(
        refused("locked.pdf", &written(document)),
        Unreadable::Locked
    );
}

#[test]
fn too_many_pages_and_pages_that_name_themselves_are_refused() {
    let pages: Vec<Stream> = (0..=limit::PAGES).map(|_| page("x")).collect();
    assert_eq!(
        refused("long.pdf", &written(pdf(&pages))),
        Unreadable::TooMuch
    );
    let mut document = pdf(&[page("x")]);
    let tree = document
        .catalog()
        .unwrap()
        .get(b"Pages")
        .unwrap()
        .as_reference()
        .unwrap();
    let pages = document.get_dictionary_mut(tree).unwrap();
    pages.set("Kids", vec![Object::Reference(tree)]);
    assert_eq!(refused("loop.pdf", &written(document)), Unreadable::NoText);
}

#[test]
fn what_is_cut_off_or_empty_is_refused() {
    let whole = word("<w:p><w:r><w:t>x</w:t></w:r></w:p>");
    assert_eq!(
        refused("cut.docx", &whole[..whole.len() / 2]),
        Unreadable::Damaged
    );
    assert_eq!(
        refused("cut.pdf", b"%PDF-1.7\nnothing"),
        Unreadable::Damaged
    );
    assert_eq!(
        refused("blank.pdf", &written(pdf(&[page("")]))),
        Unreadable::NoText
    );
    assert_eq!(refused("blank.docx", &word("<w:p/>")), Unreadable::NoText);
    assert_eq!(
        refused("broken.docx", &word("<w:p><w:r></w:p>")),
        Unreadable::Damaged
    );
}
