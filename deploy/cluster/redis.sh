# Redis: a master, its replicas, and the sentinels that watch them.

start_redis() {
    local name=$1 config=$cluster/data/$1/redis.conf
    needs redis-server redis-server
    pick_port redis-master redis-replica redis-replica-2
    mkdir -p "$cluster/data/$name"
    # Written once: Sentinel rewrites it, and a restart goes by that.
    if [[ ! -f $config ]]; then
        cat >"$config" <<END
bind 127.0.0.1
port $(port "$name")
dir $cluster/data/$name
appendonly yes
appendfsync always
repl-diskless-sync-delay 0
requirepass $(secret redis)
masterauth $(secret redis)
END
        [[ $name == redis-master ]] || echo "replicaof 127.0.0.1 $(port redis-master)" >>"$config"
    fi
    spawn "$name" redis-server "$config"
}

start_sentinel() {
    local name=$1 config=$cluster/data/$1/sentinel.conf
    needs redis-sentinel redis-sentinel
    pick_port redis-master "$name"
    mkdir -p "$cluster/data/$name"
    if [[ ! -f $config ]]; then
        cat >"$config" <<END
bind 127.0.0.1
port $(port "$name")
dir $cluster/data/$name
requirepass $(secret sentinel)
sentinel monitor $master_name 127.0.0.1 $(port redis-master) 2
sentinel auth-pass $master_name $(secret redis)
sentinel down-after-milliseconds $master_name 1000
sentinel failover-timeout $master_name 5000
sentinel parallel-syncs $master_name 1
END
    fi
    spawn "$name" redis-sentinel "$config"
}

# ask NAME COMMAND...: of a server or a sentinel.
ask() {
    local name=$1 password=redis
    shift
    [[ $name != sentinel-* ]] || password=sentinel
    REDISCLI_AUTH=$(secret "$password") timeout 2 redis-cli -h 127.0.0.1 -p "$(port "$name")" "$@"
}

redis_is_ready() { [[ $(ask "$1" ping) == PONG ]]; }

sentinel_field() {
    ask "$1" sentinel master "$master_name" | grep -x -A 1 "$2" | tail -n 1
}

# The watched parts have found each other, so that a failover can be agreed on.
sentinel_is_settled() {
    local other others=-1 replicas=0
    for other in sentinel-1 sentinel-2 sentinel-3; do ! runs "$other" || others=$((others + 1)); done
    for other in redis-replica redis-replica-2; do ! runs "$other" || replicas=$((replicas + 1)); done
    [[ $(sentinel_field "$1" flags) == master && $(sentinel_field "$1" num-slaves) -ge $replicas &&
        $(sentinel_field "$1" num-other-sentinels) -ge $others ]]
}

# It follows a master, or is the one that the Sentinels have chosen meanwhile.
replica_is_settled() {
    local told
    told=$(ask "$1" info replication | tr -d '\r')
    grep -qx 'master_link_status:up' <<<"$told" || { grep -qx 'role:master' <<<"$told" && is_chosen "$1"; }
}

is_chosen() {
    local sentinel
    for sentinel in sentinel-1 sentinel-2 sentinel-3; do
        runs "$sentinel" || continue
        [[ $(sentinel_field "$sentinel" port) == $(port "$1") ]]
        return
    done
    return 1
}
