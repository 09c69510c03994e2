#!/usr/bin/env bash
# What the server costs before anybody speaks to it: the time from the start of the process to its
# first 200 from /readyz (median of 10 starts, each in a new folder), and the memory it holds two
# seconds later; once as a workspace's bot, once as the playground. Ends with status 1 if one of
# them is over its bound.
#
#     benches/server.sh target/release/gtm-advisor
set -euo pipefail
cd "$(dirname "$0")/.."

readonly binary=${1:?which binary?}
readonly most_ms=100
readonly most_kib=$((30 * 1024))
readonly starts=10

folder=$(mktemp -d)
server=
over=0
trap 'stop; rm -rf "$folder"' EXIT
# Never written to: a read from it is a wait that starts no process.
mkfifo "$folder/never"
exec 9<>"$folder/never"

stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    server=
}
fail() { printf 'server: %s\n' "$*" >&2; tail -n 20 "$folder/log" >&2; exit 1; }
pause() { read -r -t "$1" -u 9 _ || true; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Whether /readyz answers 200; starts no process either.
is_ready() {
    local line=
    { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 1
    printf 'GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
    read -r -t 5 line <&3 || true
    exec 3>&-
    [[ $line == *" 200 "* ]]
}

# Starts the server with these variables, and sets `took_us`.
start() {
    port=$(free_port)
    rm -rf "$folder/data"
    local began=${EPOCHREALTIME/./}
    env -i GTM_LISTEN="127.0.0.1:$port" GTM_ADMIN_LISTEN=off GTM_DATA_DIR="$folder/data" GTM_LOG=warn "$@" \
        "$binary" serve >"$folder/log" 2>&1 &
    server=$!
    until is_ready; do
        kill -0 "$server" 2>/dev/null || fail "it ended before it was ready"
        [ $((${EPOCHREALTIME/./} - began)) -lt 30000000 ] || fail "it was not ready after 30 s"
        pause 0.001
    done
    took_us=$((${EPOCHREALTIME/./} - began))
}

# A line of the table: what, the number with its unit, the number and its bound in that unit.
say() {
    local verdict=ok
    [ "$3" -lt "$4" ] || { verdict=OVER; over=1; }
    printf '| %-44s | %10s | below %-8s | %s |\n' "$1" "$2" "$5" "$verdict"
}

measure() {
    local name=$1 all=() median rss
    shift
    for _ in $(seq "$starts"); do
        start "$@"
        all+=("$took_us")
        [ "${#all[@]}" -eq "$starts" ] || stop
    done
    pause 2
    rss=$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")
    stop
    median=$(printf '%s\n' "${all[@]}" | sort -n | awk '{ t[NR] = $1 } END { print int((t[int((NR + 1) / 2)] + t[int(NR / 2) + 1]) / 2) }')
    say "$name: cold start, median of $starts" "$((median / 1000)).$(((median % 1000) / 100)) ms" "$median" "$((most_ms * 1000))" "$most_ms ms"
    say "$name: idle memory" "$((rss / 1024)).$(((rss % 1024) * 10 / 1024)) MiB" "$rss" "$most_kib" "$((most_kib / 1024)) MiB"
}

printf '| %-44s | %10s | %-14s | |\n|---|---:|---|---|\n' "server" "measured" "bound"
# Slack is a closed port: being ready does not depend on it.
measure "a workspace's bot" SLACK_API_BASE=http://127.0.0.1:1/api SLACK_SIGNING_SECRET=test-secret SLACK_BOT_TOKEN=test-token
measure "the playground"
exit "$over"
