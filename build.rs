//! Tells Cargo that the embedded rule pages are an input, so that a new page is never missing.

fn main() {
    println!("cargo::rerun-if-changed=rules");
}
