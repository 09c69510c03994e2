//! Whole numbers with commas between the thousands.

/// A whole number with a comma between thousands.
pub(in crate::plan) fn grouped(number: u128) -> String {
    let mut grouped = String::new();
    write_grouped(&mut grouped, number);
    grouped
}

/// Writes the same behind what stands there.
pub(crate) fn write_grouped(out: &mut String, number: u128) {
    // Nearly all numbers fit into 64 bits, which are quicker to spell.
    let digits = match u64::try_from(number) {
        Ok(small) => small.to_string(),
        Err(_) => number.to_string(),
    };
    let (mut begin, mut end) = (0, (digits.len() - 1) % 3 + 1);
    while begin < digits.len() {
        if begin > 0 {
            out.push(',');
        }
        out.push_str(&digits[begin..end]);
        (begin, end) = (end, end + 3);
    }
}
