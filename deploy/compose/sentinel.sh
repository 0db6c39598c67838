#!/bin/sh
# Starts a sentinel in its container. ANNOUNCE: the name that the others know it by. Sentinel keeps what it learns in its
# configuration, so that is written once; the thresholds of .env hold from the first start on.
set -eu
if [ ! -f "/data/sentinel.conf" ]; then
    {
        cat "$(dirname "$0")/sentinel.conf"
        cat <<END
sentinel announce-ip $ANNOUNCE
requirepass $(cat /secrets/redis)
sentinel monitor $SENTINEL_MASTER_NAME ${SENTINEL_MASTER_HOST:-redis-master} 6379 $SENTINEL_QUORUM
sentinel auth-pass $SENTINEL_MASTER_NAME $(cat /secrets/redis)
sentinel down-after-milliseconds $SENTINEL_MASTER_NAME $SENTINEL_DOWN_AFTER_MS
sentinel failover-timeout $SENTINEL_MASTER_NAME $SENTINEL_FAILOVER_TIMEOUT_MS
sentinel parallel-syncs $SENTINEL_MASTER_NAME 1
END
    } >"/data/sentinel.conf.new"
    mv "/data/sentinel.conf.new" "/data/sentinel.conf"
fi
exec redis-sentinel "/data/sentinel.conf"
