//! What was asked: words in, [`Intent`]s or positioned errors out.
