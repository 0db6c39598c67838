#!/bin/sh
# Draws the passwords of the servers, and what the program signs and seals with, at the first `up`, into the volume that servers and program read them from. Those that are given stay as they are given.
set -eu
umask 022
keep() {
    [ -s "/secrets/$1" ] && [ -z "$2" ] && return
    value=$2
    [ -n "$value" ] || value=$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
    printf '%s' "$value" >"/secrets/$1.new"
    mv "/secrets/$1.new" "/secrets/$1"
}
keep postgres "${DB_PASSWORD:-}"
keep rabbitmq "${RABBITMQ_PASSWORD:-}"
keep redis "${REDIS_PASSWORD:-}"
keep sync "${SYNC_SECRET:-}"
keep session "${AUTH_SESSION_SECRET:-}"
printf 'amqp://%s:%s@rabbitmq:5672/' "$RABBITMQ_USER" "$(cat /secrets/rabbitmq)" >/secrets/rabbitmq-url
