#!/usr/bin/env bash
# The container's second stage by hand, for machines without a container engine: an empty root with
# the program, the C library, the certificates and the volume; the Dockerfile's own user and
# variables; then a start, a refusal, a stop and a second start.
#
#     tests/image.sh target/release/gtm-advisor
set -euo pipefail
cd "$(dirname "$0")/.."

readonly binary=${1:?which binary?}
# The server gives running turns this long after SIGTERM (fly.toml waits longer), and some to leave.
readonly drain=20
root=$(mktemp -d)
server=
trap 'stop_now; rm -rf "$root"' EXIT

stop_now() { [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true; }
fail() { printf 'image: %s\n' "$*" >&2; [ ! -s "$root.log" ] || tail -n 20 "$root.log" >&2; exit 1; }
ok() { printf 'image: %s\n' "$*"; }

[ "$(id -u)" -eq 0 ] || fail "run as root: a root of one's own needs chroot"
[ -x "$binary" ] || fail "there is no program at $binary"

# What the Dockerfile says, so that this check follows it.
user=$(sed -nE 's/^USER ([0-9]+):[0-9]+$/\1/p' Dockerfile)
data=$(sed -nE 's/.*GTM_DATA_DIR=([^ \\]+).*/\1/p' Dockerfile | head -n 1)
[ "${user:-0}" -ne 0 ] || fail "the Dockerfile has no unprivileged USER with a number"
[ -n "$data" ] || fail "the Dockerfile sets no GTM_DATA_DIR"

lay_root() {
    mkdir -p "$root/usr/local/bin" "$root/etc/ssl/certs" "$root$data"
    cp "$binary" "$root/usr/local/bin/gtm-advisor"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    local library
    for library in $(ldd "$binary" | grep -oE '/[^ ]+'); do
        case $(basename "$library") in
        libc.so.* | libm.so.* | libgcc_s.so.* | ld-linux*.so.* | libdl.so.* | libpthread.so.* | librt.so.*) ;;
        *) fail "the program needs $library, which the slim image does not have" ;;
        esac
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
    chown "$user:$user" "$root$data"
    chmod 0755 "$root"
    chmod 0700 "$root$data"
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Runs the program inside, as the image's user, with these variables and no others.
inside() {
    local variables=()
    while [ "$1" != -- ]; do variables+=("$1"); shift; done
    shift
    exec env -i GTM_DATA_DIR="$data" "${variables[@]}" \
        "$(command -v chroot)" --userspec="$user:$user" --groups= "$root" /usr/local/bin/gtm-advisor "$@"
}

# The status code of a request on loopback: port, method, path.
status_of() {
    local line
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || { echo 000; return; }
    printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' "$2" "$3" >&3
    read -r -t 5 line <&3 || line="HTTP/1.1 000"
    exec 3>&-
    cut -d' ' -f2 <<<"$line"
}

# Everything outside the volume: path, size, time, owner.
outside() { find "$root" -path "$root$data" -prune -o -printf '%P %s %T@ %u\n' | sort; }

refuses_the_playground() {
    local status=0 text
    text=$( (inside GTM_LISTEN=0.0.0.0:8080 -- serve) 2>&1) || status=$?
    [ "$status" -eq 2 ] || fail "without credentials on 0.0.0.0 it ended with $status, not 2: $text"
    local name
    for name in SLACK_SIGNING_SECRET SLACK_BOT_TOKEN; do
        grep -q "$name" <<<"$text" || fail "the refusal does not name $name: $text"
    done
    ok "no playground on 0.0.0.0: exit status 2, and the missing variables are named"
}

start() {
    # The Web API is a closed port: being ready does not depend on Slack.
    (inside GTM_LISTEN="0.0.0.0:$port" GTM_ADMIN_LISTEN="127.0.0.1:$admin" SLACK_API_BASE=http://127.0.0.1:1/api \
        SLACK_SIGNING_SECRET=test-secret SLACK_BOT_TOKEN=test-token \
        GTM_ENCRYPTION_KEY="$(printf '%064d' 7)" -- serve) >"$root.log" 2>&1 &
    server=$!
    local began=$SECONDS
    until [ "$(status_of "$port" GET /readyz)" = 200 ]; do
        kill -0 "$server" 2>/dev/null || fail "it ended before it was ready"
        [ $((SECONDS - began)) -lt 30 ] || fail "it was not ready after 30 s"
        sleep 0.1
    done
}

stop() {
    local began=$SECONDS status=0
    kill -TERM "$server"
    while kill -0 "$server" 2>/dev/null; do
        [ $((SECONDS - began)) -le $((drain + 5)) ] || fail "it still ran $((drain + 5)) s after SIGTERM"
        sleep 0.1
    done
    wait "$server" || status=$?
    server=
    [ "$status" -eq 0 ] || fail "it ended with status $status after SIGTERM"
    ok "stopped $((SECONDS - began)) s after SIGTERM"
}

expect() {
    local status
    status=$(status_of "$2" "$3" "$4")
    [ "$status" = "$1" ] || fail "$3 $4 on port $2 answered $status, not $1"
    ok "$3 $4: $status"
}

opens_a_file() {
    local said
    said=$(printf 'Pilots last six weeks.' | (inside -- extract --name=note.txt)) || fail "a file was not opened: $said"
    grep -q 'six weeks' <<<"$said" || fail "a file was opened and not read: $said"
    ok "a file is opened by a process of its own"
}

lay_root
(inside -- --version) || fail "it does not run in an empty root"
refuses_the_playground
opens_a_file
before=$(outside)
port=$(free_port)
admin=$(free_port)
start
ok "ready, with $(awk '/^VmRSS/ { print $2 " " $3 }' "/proc/$server/status") of memory, as user $(stat -c %u "/proc/$server")"
[ "$(stat -c %u "/proc/$server")" = "$user" ] || fail "it runs as another user than the image's"
expect 200 "$port" GET /healthz
expect 401 "$port" POST /slack/commands
expect 404 "$port" GET /metrics
expect 200 "$admin" GET /metrics
stop
start
ok "ready again on the same volume"
stop
diff <(printf '%s\n' "$before") <(outside) >&2 || fail "something outside $data was written"
[ -n "$(ls -A "$root$data")" ] || fail "nothing was written into $data"
[ -z "$(find "$root$data" ! -user "$user")" ] || fail "files in $data belong to somebody else"
rm -f "$root.log"
ok "nothing outside $data was written; the volume holds $(du -sk "$root$data" | cut -f1) KiB"
