#!/bin/sh
# Draws the passwords of the servers, and what the program signs and seals with, at the first `up`. Those that are given stay as they are
# given. The program's volume has them all, a server's has its own alone.
set -eu
umask 022
# write FILE VALUE
write() {
    printf '%s' "$2" >"$1.new"
    mv "$1.new" "$1"
}
# keep NAME VALUE: the value, or what was drawn before, or what is drawn now.
keep() {
    [ -s "/secrets/program/$1" ] && [ -z "$2" ] && return
    value=$2
    [ -n "$value" ] || value=$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
    write "/secrets/program/$1" "$value"
}
keep postgres "${DB_PASSWORD:-}"
keep rabbitmq "${RABBITMQ_PASSWORD:-}"
keep redis "${REDIS_PASSWORD:-}"
keep sync "${SYNC_SECRET:-}"
keep session "${AUTH_SESSION_SECRET:-}"
write /secrets/program/rabbitmq-url "amqp://$RABBITMQ_USER:$(cat /secrets/program/rabbitmq)@rabbitmq:5672/"
for server in postgres rabbitmq redis; do
    write "/secrets/$server/$server" "$(cat "/secrets/program/$server")"
done
