#!/bin/sh
# Starts a Redis server in its container. ANNOUNCE: the name that the others know it by; REPLICA_OF: the first master, or nothing.
# Written once: Sentinel rewrites the configuration, and a restart goes by that.
set -eu
if [ ! -f "/data/redis.conf" ]; then
    {
        cat "$(dirname "$0")/redis.conf"
        echo "replica-announce-ip $ANNOUNCE"
        echo "requirepass $(cat /secrets/redis)"
        echo "masterauth $(cat /secrets/redis)"
        [ -z "${REPLICA_OF:-}" ] || echo "replicaof $REPLICA_OF 6379"
    } >"/data/redis.conf.new"
    mv "/data/redis.conf.new" "/data/redis.conf"
fi
exec redis-server "/data/redis.conf"
