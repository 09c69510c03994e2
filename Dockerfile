# Two stages: the first compiles, the second holds the program, the C library it needs, the certificates
# of the authorities it trusts, and an empty folder for its data. No shell is needed to run it.
# tests/image.sh goes through the second stage's steps by hand.

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev ca-certificates \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN cargo build --locked --release --features semantic

FROM debian:bookworm-slim
# The client checks certificates against the system's list.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /build/target/release/gtm-advisor /usr/local/bin/gtm-advisor
# A fixed number, so that the owner of a volume's files is the same in every version.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /data
USER 10001:10001
ENV GTM_LISTEN=0.0.0.0:8080 \
    GTM_DATA_DIR=/data
EXPOSE 8080
VOLUME /data
STOPSIGNAL SIGTERM
# Nothing outside /data is written: `docker run --read-only` works.
ENTRYPOINT ["/usr/local/bin/gtm-advisor"]
CMD ["serve"]
