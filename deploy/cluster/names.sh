# The components' names, and the port of each: picked once, and kept in the file `ports`.

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
