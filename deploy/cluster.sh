#!/usr/bin/env bash
# Runs the whole topology on one Linux machine from Debian's packages, without Docker.
#
#   deploy/cluster.sh up [NAME...]       starts these, or one of each, and returns when they are ready
#   deploy/cluster.sh restart NAME...    starts them again on the same port and data, whether they run or were killed
#   deploy/cluster.sh stop NAME...       SIGTERM, and waits
#   deploy/cluster.sh kill NAME...       SIGKILL
#   deploy/cluster.sh freeze NAME...     SIGSTOP
#   deploy/cluster.sh thaw NAME...       SIGCONT
#   deploy/cluster.sh status             what runs, and where
#   deploy/cluster.sh down [--purge]     stops everything; --purge also removes the directory
#
# Servers: rabbitmq, postgres, redis-master, redis-replica, redis-replica-2, sentinel-1, sentinel-2, sentinel-3.
# The program: api, workers, sagas (sagas and scheduler), seeder; several of each by a number, as in workers-2.
#
# Everything lives below CLUSTER_DIR (./.cluster): data, logs, run/NAME.pid, and `env` with the addresses, for a shell
# or a .env file. Free loopback ports are picked once; RABBITMQ_PORT, API_PORT, WORKERS_2_PORT and so on fix them, in
# the environment or in ./.env. CLUSTER_DIR/program.env holds more settings of the program (OUTBOX_LANE=redis), a line each.
# The program is taken from BUSINGEST_PUBLISH_DIR, or published into CLUSTER_DIR/publish.
set -euo pipefail
umask 022

checkout=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cluster=$(readlink -m "${CLUSTER_DIR:-.cluster}")
readonly checkout cluster
readonly servers=(rabbitmq postgres redis-master redis-replica redis-replica-2 sentinel-1 sentinel-2 sentinel-3)
readonly programs=(api workers sagas seeder)
readonly ready_within=${CLUSTER_READY_SECONDS:-90} stop_within=${CLUSTER_STOP_SECONDS:-30}
readonly master_name=mymaster

usage() {
    sed -n '3,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
}

fail() {
    echo "cluster: $1" >&2
    exit 1
}

# --- Names and ports ---

is_server() { [[ " ${servers[*]} " == *" $1 "* ]]; }

is_program() { [[ $1 =~ ^(api|workers|sagas|seeder)(-[0-9]+)?$ ]]; }

check_names() {
    local name
    for name in "$@"; do
        is_server "$name" || is_program "$name" || fail "there is no component $name (${servers[*]} ${programs[*]})"
    done
}

# variable NAME: the setting that fixes a port.
variable() {
    local name=${1^^}
    echo "${name//-/_}_PORT"
}

from_dotenv() {
    [[ -f .env ]] || return 0
    sed -n "s/^ *$1 *= *\"\{0,1\}\([0-9]*\).*/\1/p" .env | tail -n 1
}

is_taken() {
    grep -qiE "^ *[0-9]+: [0-9A-F]+:$(printf '%04X' "$1") [0-9A-F]+:[0-9A-F]+ 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null ||
        grep -qsE "=$1\$" "$cluster/ports"
}

# Below the range from which the system gives ports to clients, or a restart might find its port in use.
free_port() {
    local port
    for _ in {1..200}; do
        port=$((10000 + (RANDOM * 32768 + RANDOM) % 22000))
        is_taken "$port" || { echo "$port"; return; }
    done
    fail "found no free port"
}

port() { [[ ! -f $cluster/ports ]] || sed -n "s/^$1=//p" "$cluster/ports"; }

pick_port() {
    local name setting given
    (
        flock 9
        for name in "$@"; do
            [[ -z $(port "$name") ]] || continue
            setting=$(variable "$name")
            given=${!setting:-$(from_dotenv "$setting")}
            echo "$name=${given:-$(free_port)}" >>"$cluster/ports"
        done
    ) 9>"$cluster/lock"
}

# --- Processes, by id ---

# A process id may be given anew: it counts together with the time at which the process began.
begun() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

process_state() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 1; }

keep_pid() { echo "$2 $(begun "$2")" >"$cluster/run/$1.pid"; }

# pid NAME: its process id while it runs; nothing otherwise.
pid() {
    local id start
    read -r id start 2>/dev/null <"$cluster/run/$1.pid" || return 0
    [[ $(begun "$id") != "$start" ]] || ended "$id" || echo "$id"
}

runs() { [[ -n $(pid "$1") ]]; }

# tree PID: it and all its descendants.
tree() {
    local child
    echo "$1"
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do tree "$child"; done
}

# Of a killed process the first thread may be gone while others still hold its ports.
ended() {
    local threads=(/proc/"$1"/task/*)
    [[ ! -d /proc/$1 || ($(process_state "$1") == [ZX] && ${#threads[@]} -le 1) ]]
}

await_end() {
    local id deadline=$((SECONDS + stop_within))
    for id in "$@"; do
        until ended "$id"; do
            [[ $SECONDS -lt $deadline ]] || return 1
            sleep 0.02
        done
    done
}

# signal_tree SIGNAL PID: to it and all its processes; those of PostgreSQL are many. It is stopped first, lest it makes more
# meanwhile. It may have ended since its id was asked for.
signal_tree() {
    local ids
    [[ $1 == CONT ]] || kill -STOP "$2" 2>/dev/null || true
    mapfile -t ids < <(tree "$2")
    kill "-$1" "${ids[@]}" 2>/dev/null || true
    [[ $1 != KILL ]] || await_end "${ids[@]}" || fail "$2 outlived SIGKILL"
}

kill_one() {
    local id
    id=$(pid "$1")
    [[ -z $id ]] || signal_tree KILL "$id"
}

# signal_one SIGNAL NAME: it has to run.
signal_one() {
    local id
    id=$(pid "$2")
    [[ -n $id ]] || fail "$2 does not run"
    signal_tree "$1" "$id"
}

# terminate NAME: asks it to end.
terminate() {
    local id signal=TERM
    id=$(pid "$1")
    [[ -n $id ]] || return 0
    # PostgreSQL would wait for its clients to leave.
    [[ $1 != postgres ]] || signal=INT
    signal_tree CONT "$id"
    kill "-$signal" "$id" 2>/dev/null || true
}

stop_one() {
    local id
    id=$(pid "$1")
    [[ -n $id ]] || return 0
    terminate "$1"
    if ! await_end "$id"; then
        kill_one "$1"
        fail "$1 did not stop within $stop_within s and was killed"
    fi
}

# spawn NAME COMMAND...: in a session of its own, with its output in logs/NAME.log; the directory is the caller's. A shell stays
# behind that reaps it, and writes into the log how it ended.
spawn() {
    local name=$1 log=$cluster/logs/$1.log
    shift
    keep_pid "$name" "$(reap "$log" "$@" &)"
}

# reap LOG COMMAND...: runs it, prints its process id at once, and waits for its end.
reap() {
    local log=$1 code=0
    shift
    setsid "$@" </dev/null >>"$log" 2>&1 9>&- &
    echo $!
    exec </dev/null >>"$log" 2>&1 9>&-
    trap '' HUP INT TERM
    wait $! || code=$?
    echo "cluster: process $! ended with $code"
}

# runs_after_all NAME: a second look, as what /proc tells of a process that has just begun may be half a truth.
runs_after_all() {
    sleep 0.2
    runs "$1"
}

# traces NAME: what there is to see of its process.
traces() {
    local id start
    read -r id start <"$cluster/run/$1.pid" || true
    echo "process $id, begun at $start; now: $(cat "/proc/$id/stat" 2>/dev/null || echo 'none of this id')"
}

# await NAME CONDITION...: until the condition holds; fails when the component has ended or takes too long.
await() {
    local name=$1 deadline=$((SECONDS + ready_within))
    shift
    until "$@" >/dev/null 2>&1; do
        runs "$name" || runs_after_all "$name" || fail "$name ended while it started ($(traces "$name")):"$'\n'"$(tail -n 25 "$cluster/logs/$name.log")"
        [[ $SECONDS -lt $deadline ]] || fail "$name is not ready after $ready_within s:"$'\n'"$(tail -n 25 "$cluster/logs/$name.log")"
        sleep 0.05
    done
}

needs() { command -v "$1" >/dev/null || fail "$1 is not installed: apt-get install $2"; }

# --- RabbitMQ ---

start_rabbitmq() {
    local home=$cluster/data/rabbitmq server id amqp management distribution epmd
    server=$(compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' | sort -V | tail -n 1) ||
        fail "rabbitmq-server is not installed: apt-get install rabbitmq-server"
    needs curl curl
    pick_port rabbitmq rabbitmq-management rabbitmq-distribution rabbitmq-epmd
    amqp=$(port rabbitmq) management=$(port rabbitmq-management)
    distribution=$(port rabbitmq-distribution) epmd=$(port rabbitmq-epmd)
    mkdir -p "$home/home"
    echo '[rabbitmq_management].' >"$home/enabled_plugins"
    cat >"$home/rabbitmq.conf" <<END
listeners.tcp.1 = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
distribution.listener.interface = 127.0.0.1
log.console = false
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 50MB
END
    rm -f "$home/pid"
    # The first process is a shell; the broker writes its own id, and epmd outlives it.
    spawn rabbitmq env -i PATH="$PATH" LANG=C.UTF-8 HOME="$home/home" RABBITMQ_NODENAME="busingest$amqp@localhost" \
        RABBITMQ_NODE_PORT="$amqp" RABBITMQ_DIST_PORT="$distribution" RABBITMQ_MNESIA_BASE="$home/mnesia" \
        RABBITMQ_LOG_BASE="$cluster/logs/rabbitmq" RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" \
        RABBITMQ_CONFIG_FILE="$home/rabbitmq.conf" RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_PID_FILE="$home/pid" \
        ERL_EPMD_PORT="$epmd" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 1:1" "$server"
    await rabbitmq test -s "$home/pid"
    id=$(<"$home/pid")
    keep_pid rabbitmq "$id"
}

rabbitmq_is_ready() {
    curl -fs -m 2 -o /dev/null -u guest:guest "http://127.0.0.1:$(port rabbitmq-management)/api/vhosts" &&
        (exec 3<>"/dev/tcp/127.0.0.1/$(port rabbitmq)")
}

# --- PostgreSQL ---

postgres_bin() { compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -n 1 | xargs -r dirname; }

# PostgreSQL does not run as root.
postgres_user() { [[ $(id -u) -ne 0 ]] || echo setpriv --reuid=postgres --regid=postgres --clear-groups; }

start_postgres() {
    local bin as_user data=$cluster/data/postgres
    bin=$(postgres_bin)
    [[ -n $bin ]] || fail "postgresql is not installed: apt-get install postgresql"
    pick_port postgres
    read -ra as_user <<<"$(postgres_user)"
    # A directory that its user can't reach (below /root, say) only links to the data.
    if [[ ! -e $data ]]; then
        mkdir -p "$data"
        if [[ ${#as_user[@]} -gt 0 ]] && ! "${as_user[@]}" test -x "$data"; then
            rmdir "$data"
            ln -s "$(mktemp -d "${TMPDIR:-/tmp}/busingest-postgres-XXXXXX")" "$data"
        fi
    fi
    data=$(readlink -f "$data")
    if [[ ! -f $data/PG_VERSION ]]; then
        [[ ${#as_user[@]} -eq 0 ]] || chown postgres:postgres "$data"
        chmod 700 "$data"
        (cd / && "${as_user[@]}" "$bin/initdb" -D "$data" -U busingest -A trust -E UTF8 --no-locale) \
            >>"$cluster/logs/postgres.log" 2>&1 9>&- || fail "initdb failed:"$'\n'"$(tail -n 25 "$cluster/logs/postgres.log")"
    fi
    # PostgreSQL takes a killed one for alive as long as nobody has reaped it.
    if [[ -f $data/postmaster.pid ]] && ended "$(head -n 1 "$data/postmaster.pid")"; then rm "$data/postmaster.pid"; fi
    (
        cd /
        spawn postgres "${as_user[@]}" "$bin/postgres" -D "$data" -p "$(port postgres)" -h 127.0.0.1 -k '' \
            -c fsync=on -c max_connections=200
    )
}

postgres_is_ready() {
    local bin
    bin=$(postgres_bin)
    "$bin/pg_isready" -q -h 127.0.0.1 -p "$(port postgres)" -U busingest -d postgres || return 1
    sql "SELECT 1 FROM pg_database WHERE datname = 'busingest'" | grep -q 1 || sql 'CREATE DATABASE busingest'
}

sql() { (cd / && PGCONNECT_TIMEOUT=2 "$(postgres_bin)/psql" -XAtq -h 127.0.0.1 -p "$(port postgres)" -U busingest -d postgres -c "$1"); }

# --- Redis ---

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
sentinel monitor $master_name 127.0.0.1 $(port redis-master) 2
sentinel down-after-milliseconds $master_name 1000
sentinel failover-timeout $master_name 5000
sentinel parallel-syncs $master_name 1
END
    fi
    spawn "$name" redis-sentinel "$config"
}

redis_is_ready() { [[ $(timeout 2 redis-cli -h 127.0.0.1 -p "$(port "$1")" ping) == PONG ]]; }

sentinel_field() {
    timeout 2 redis-cli -h 127.0.0.1 -p "$(port "$1")" sentinel master "$master_name" | grep -x -A 1 "$2" | tail -n 1
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
    told=$(timeout 2 redis-cli -h 127.0.0.1 -p "$(port "$1")" info replication | tr -d '\r')
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

# --- The program ---

publish_directory() {
    local directory=${BUSINGEST_PUBLISH_DIR:-$cluster/publish}
    if [[ -z ${BUSINGEST_PUBLISH_DIR:-} && ! -x $directory/BusIngest.Api ]]; then
        needs dotnet 'dotnet-sdk-10.0 (https://dot.net)'
        dotnet publish "$checkout/src/Api" -c Release --use-current-runtime --self-contained false -o "$directory" -nodeReuse:false >"$cluster/logs/publish.log" 2>&1 9>&- ||
            fail "the program could not be published:"$'\n'"$(tail -n 25 "$cluster/logs/publish.log")"
    fi
    readlink -f "$directory"
}

start_program() {
    local name=$1 roles directory
    directory=$(publish_directory)
    [[ -x $directory/BusIngest.Api ]] || fail "there is no $directory/BusIngest.Api"
    needs curl curl
    pick_port "$name"
    write_env
    case $name in
        api*) roles=api ;;
        workers*) roles=workers ;;
        sagas*) roles=sagas,scheduler ;;
        seeder*) roles=seeder ;;
    esac
    mkdir -p "$cluster/data/$name"
    (
        cd "$cluster/data/$name"
        set -a
        # shellcheck source=/dev/null
        . "$cluster/env"
        export ROLES=$roles BIND=127.0.0.1 PORT DATA_DIR="$cluster/data/$name" LOGS_DIR="$cluster/logs/$name"
        PORT=$(port "$name")
        # shellcheck source=/dev/null
        [[ ! -f $cluster/program.env ]] || . "$cluster/program.env"
        spawn "$name" "$directory/BusIngest.Api"
    )
}

program_is_ready() { curl -fs -m 2 -o /dev/null "http://127.0.0.1:$(port "$1")/health/ready"; }

# --- All of them ---

# Addresses of what has a port, for `set -a; . env`, and as a .env file.
write_env() {
    local name sentinels=()
    for name in sentinel-1 sentinel-2 sentinel-3; do
        [[ -z $(port "$name") ]] || sentinels+=("127.0.0.1:$(port "$name")")
    done
    {
        if [[ -n $(port rabbitmq) ]]; then
            echo "RABBITMQ_URL=amqp://guest:guest@127.0.0.1:$(port rabbitmq)/"
            echo "RABBITMQ_MANAGEMENT_URL=http://guest:guest@127.0.0.1:$(port rabbitmq-management)"
        fi
        [[ -z $(port postgres) ]] || echo "DATABASE_URL=postgresql://busingest@127.0.0.1:$(port postgres)/busingest"
        if [[ -n $(port redis-master) ]]; then
            echo "REDIS_HOST=127.0.0.1"
            echo "REDIS_PORT=$(port redis-master)"
        fi
        if [[ ${#sentinels[@]} -gt 0 ]]; then
            echo "REDIS_USE_SENTINEL=true"
            echo "REDIS_SENTINEL_HOSTS=$(IFS=,; echo "${sentinels[*]}")"
            echo "REDIS_SENTINEL_MASTER_NAME=$master_name"
        fi
        while IFS='=' read -r name _; do
            ! is_program "$name" || echo "$(variable "$name" | sed 's/_PORT$/_URL/')=http://127.0.0.1:$(port "$name")"
        done <"$cluster/ports"
    } >"$cluster/env.$BASHPID"
    mv "$cluster/env.$BASHPID" "$cluster/env"
}

start_one() {
    case $1 in
        rabbitmq | postgres) "start_$1" ;;
        redis-*) start_redis "$1" ;;
        sentinel-*) start_sentinel "$1" ;;
        *) start_program "$1" ;;
    esac
}

await_one() {
    case $1 in
        rabbitmq | postgres) await "$1" "${1}_is_ready" ;;
        redis-* | sentinel-*) await "$1" redis_is_ready "$1" ;;
        *) await "$1" program_is_ready "$1" ;;
    esac
}

# start NAME...: the servers first, all at once, then the programs.
start() {
    local name
    mkdir -p "$cluster"/{data,logs,run}
    chmod 755 "$cluster"
    touch "$cluster/ports"
    for name in "$@"; do is_program "$name" || runs "$name" || start_one "$name"; done
    write_env
    for name in "$@"; do is_program "$name" || await_one "$name"; done
    for name in "$@"; do ! is_program "$name" || runs "$name" || start_one "$name"; done
    for name in "$@"; do ! is_program "$name" || await_one "$name"; done
}

up() {
    local name
    [[ $# -gt 0 ]] || set -- "${servers[@]}" "${programs[@]}"
    start "$@"
    for name in "$@"; do
        case $name in
            redis-replica*) ! runs redis-master || await "$name" replica_is_settled "$name" ;;
            sentinel-*) ! runs redis-master || await "$name" sentinel_is_settled "$name" ;;
        esac
    done
}

restart() {
    local name
    for name in "$@"; do stop_one "$name"; done
    start "$@"
}

components() {
    local name
    [[ -f $cluster/ports ]] || return 0
    while IFS='=' read -r name _; do
        if is_server "$name" || is_program "$name"; then echo "$name"; fi
    done <"$cluster/ports"
}

status() {
    local name id state
    for name in $(components); do
        id=$(pid "$name") state=stopped
        [[ -z $id ]] || state=running
        [[ -z $id || $(process_state "$id") != T ]] || state=frozen
        printf '%-14s %-8s %7s  127.0.0.1:%s\n' "$name" "$state" "${id:--}" "$(port "$name")"
    done
}

down() {
    local name names epmd data
    mapfile -t names < <(components)
    # The programs first, so that they see no server leave. What will be removed need not be tidy.
    if [[ ${1:-} != --purge ]]; then
        for name in "${names[@]}"; do ! is_program "$name" || terminate "$name"; done
        for name in "${names[@]}"; do ! is_program "$name" || (stop_one "$name") || true; done
        for name in "${names[@]}"; do is_program "$name" || terminate "$name"; done
        for name in "${names[@]}"; do (stop_one "$name") || true; done
    fi
    for name in "${names[@]}"; do kill_one "$name"; done
    epmd=$(port rabbitmq-epmd)
    [[ -z $epmd ]] || ERL_EPMD_PORT=$epmd epmd -kill >/dev/null 2>&1 || true
    [[ ${1:-} == --purge ]] || return 0
    data=$cluster/data/postgres
    [[ ! -L $data ]] || rm -rf "$(readlink -f "$data")"
    rm -rf "$cluster"
}

each() {
    local action=$1 name
    shift
    [[ $# -gt 0 ]] || usage
    for name in "$@"; do $action "$name"; done
}

[[ $# -gt 0 ]] || usage
command=$1
shift
case $command in
    up) check_names "$@"; up "$@" ;;
    restart) [[ $# -gt 0 ]] || usage; check_names "$@"; restart "$@" ;;
    stop) check_names "$@"; each stop_one "$@" ;;
    kill) check_names "$@"; each kill_one "$@" ;;
    freeze) check_names "$@"; each 'signal_one STOP' "$@" ;;
    thaw) check_names "$@"; each 'signal_one CONT' "$@" ;;
    status) [[ $# -eq 0 ]] || usage; status ;;
    down) [[ $# -eq 0 || $* == --purge ]] || usage; down "$@" ;;
    *) usage ;;
esac
