//! Words: folding, splitting, edit distance for "did you mean".
