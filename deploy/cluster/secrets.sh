# Passwords and keys: drawn at the first start, each into a file of its own that only its owner can read. They come to commands by
# files, pipes and the environment, never as arguments, which any user of the machine can list.

# secret NAME: prints it.
secret() { printf '%s' "$(<"$cluster/secrets/$1")"; }

# draw_secrets: those that are not there yet.
draw_secrets() {
    local name
    mkdir -p "$cluster/secrets"
    (
        flock 9
        for name in rabbitmq postgres redis sentinel sync session; do
            [[ ! -s $cluster/secrets/$name ]] || continue
            head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$cluster/secrets/$name.new"
            mv "$cluster/secrets/$name.new" "$cluster/secrets/$name"
        done
    ) 9>"$cluster/lock"
}

# refuse_open_data: servers of an earlier version let everybody in, and go on to do so on their data.
refuse_open_data() {
    [[ ! -d $cluster/data || -d $cluster/secrets ]] || [[ -z $(compgen -G "$cluster/data/*") ]] ||
        fail "the data in $cluster was made without passwords, by an earlier version: deploy/cluster.sh down --purge removes it"
}
