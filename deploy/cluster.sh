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
# Everything lives below CLUSTER_DIR (./.cluster), for its owner alone: data, logs, run/NAME.pid, secrets, and `env` with addresses and
# passwords, for a shell or a .env file. Free loopback ports are picked once; RABBITMQ_PORT, API_PORT, WORKERS_2_PORT and so on fix them, in
# the environment or in ./.env. CLUSTER_DIR/program.env holds more settings of the program (OUTBOX_LANE=redis), a line each.
# The program is taken from BUSINGEST_PUBLISH_DIR, or published into CLUSTER_DIR/publish.
set -euo pipefail
umask 077

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

for part in names secrets processes rabbitmq postgres redis programs; do
    # shellcheck source=/dev/null
    . "$checkout/deploy/cluster/$part.sh"
done

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
    refuse_open_data
    mkdir -p "$cluster"/{data,logs,run}
    chmod 700 "$cluster"
    [[ ! -f $cluster/program.env ]] || chmod 600 "$cluster/program.env"
    touch "$cluster/ports"
    draw_secrets
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
