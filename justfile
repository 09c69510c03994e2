# The verbs of this repository. Each calls what CI calls; none is needed where `just` is missing.

# What is quick to know: form, lints, and the repository's own rules.
check:
    cargo fmt --check
    cargo clippy --locked --all-targets --features semantic -- --deny warnings
    cargo test --locked --test it tidy::

# Everything, browser included; ends with "N passed, N failed".
test:
    tests/run

# The playground on this machine, or your workspace's bot if the credentials are set.
run:
    cargo run -- serve

# Years of digests on bad days, with other dice than the tests have.
soak seeds="1..11":
    YEAR_SEEDS={{seeds}} cargo test --locked --lib worker::year

# Accepts what the snapshots and journeys show now; read the difference before you commit it.
bless:
    INSTA_UPDATE=always BLESS=1 cargo test --locked
    git diff --stat

# The release binary, run the way the container runs it.
image:
    cargo build --locked --release
    tests/image.sh target/release/gtm-advisor

# What the common paths cost (docs/benchmarks.md); with a word, only what has it in its name.
bench *words:
    cargo bench --locked --bench first -- {{words}}

# Cold start and idle memory of the release binary; fails if one is over its bound.
bench-server:
    cargo build --locked --release
    benches/server.sh target/release/gtm-advisor

# The answers and readings of a real model on this machine (docs/language-model.md); not part of the tests.
llm-e2e base model="local-test":
    cargo build --locked
    tests/llm-e2e.sh target/debug/gtm-advisor {{base}} {{model}}

# The API's documentation, without a warning.
doc:
    RUSTDOCFLAGS='--deny warnings' cargo doc --locked --no-deps

# Licences, duplicates and sources of all dependencies.
deny:
    cargo deny check licenses bans sources

# The program as it is shipped.
release:
    cargo build --locked --release
