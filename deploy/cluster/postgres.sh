# PostgreSQL.

postgres_bin() { compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -n 1 | xargs -r dirname; }

# PostgreSQL does not run as root.
postgres_user() { [[ $(id -u) -ne 0 ]] || echo setpriv --reuid=postgres --regid=postgres --clear-groups; }

start_postgres() {
    local bin as_user data=$cluster/data/postgres
    bin=$(postgres_bin)
    [[ -n $bin ]] || fail "postgresql is not installed: apt-get install postgresql"
    pick_port postgres
    read -ra as_user <<<"$(postgres_user)"
    # Where another user runs it, who can't reach the directory, that only links to the data.
    if [[ ! -e $data ]]; then
        mkdir -p "$data"
        if [[ ${#as_user[@]} -gt 0 ]] && ! "${as_user[@]}" test -x "$data"; then
            rmdir "$data"
            ln -s "$(mktemp -d "${TMPDIR:-/var/tmp}/busingest-postgres-XXXXXX")" "$data"
        fi
    fi
    data=$(readlink -f "$data")
    if [[ ! -f $data/PG_VERSION ]]; then
        init_postgres "$data" || fail "initdb failed:"$'\n'"$(tail -n 25 "$cluster/logs/postgres.log")"
    fi
    # PostgreSQL takes a killed one for alive as long as nobody has reaped it.
    if [[ -f $data/postmaster.pid ]] && ended "$(head -n 1 "$data/postmaster.pid")"; then rm "$data/postmaster.pid"; fi
    (
        cd /
        spawn postgres "${as_user[@]}" "$bin/postgres" -D "$data" -p "$(port postgres)" -h 127.0.0.1 -k '' \
            -c fsync=on -c max_connections=200
    )
}

# init_postgres DIRECTORY: makes the data, of a server that asks everybody for a password.
init_postgres() {
    local as_user password code=0
    read -ra as_user <<<"$(postgres_user)"
    password=$(mktemp "${TMPDIR:-/tmp}/busingest-postgres-XXXXXX")
    secret postgres >"$password"
    [[ ${#as_user[@]} -eq 0 ]] || chown postgres:postgres "$1" "$password"
    chmod 700 "$1"
    (cd / && "${as_user[@]}" "$(postgres_bin)/initdb" -D "$1" -U busingest -A scram-sha-256 --pwfile="$password" -E UTF8 --no-locale) \
        >>"$cluster/logs/postgres.log" 2>&1 9>&- || code=$?
    rm "$password"
    return "$code"
}

postgres_is_ready() {
    local bin
    bin=$(postgres_bin)
    "$bin/pg_isready" -q -h 127.0.0.1 -p "$(port postgres)" -U busingest -d postgres || return 1
    sql "SELECT 1 FROM pg_database WHERE datname = 'busingest'" | grep -q 1 || sql 'CREATE DATABASE busingest'
}

sql() {
    (
        cd /
        PGPASSWORD=$(secret postgres) PGCONNECT_TIMEOUT=2 \
            "$(postgres_bin)/psql" -XAtqw -h 127.0.0.1 -p "$(port postgres)" -U busingest -d postgres -c "$1"
    )
}
