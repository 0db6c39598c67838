# Processes by their ids: how one starts, is waited for, and ends.

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
