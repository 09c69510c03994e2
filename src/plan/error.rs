//! Why an input is not a value: what was read, what is wrong with it, what would work.

/// An input that its field does not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("I read {understood}; {problem}. Try `{example}`")]
pub struct ValueError {
    /// What was understood, with the input quoted.
    pub understood: String,
    /// What is wrong; where two readings fit, both.
    pub problem: String,
    /// One input that works.
    pub example: String,
    /// Where several readings fit, an input for each of them, the example's first.
    pub meanings: Box<[String]>,
    /// What the words say of another field as well.
    pub beside: Option<Box<Beside>>,
    /// Whether the words only hold the place of an answer, so that the field is open.
    pub leaves_open: bool,
}

/// The part of an input that belongs to another field: `$49/seat/mo` is a price, and says that it
/// is one of a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// The other field's name.
    pub field: &'static str,
    /// Its value, as that field reads it.
    pub value: &'static str,
}
