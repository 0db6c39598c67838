# The program in its roles, and the settings that lead it to the servers.

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

# Addresses and passwords of what has a port, for `set -a; . env`, and as a .env file.
write_env() {
    local name sentinels=()
    for name in sentinel-1 sentinel-2 sentinel-3; do
        [[ -z $(port "$name") ]] || sentinels+=("127.0.0.1:$(port "$name")")
    done
    {
        if [[ -n $(port rabbitmq) ]]; then
            echo "RABBITMQ_URL=amqp://busingest:$(secret rabbitmq)@127.0.0.1:$(port rabbitmq)/"
            echo "RABBITMQ_MANAGEMENT_URL=http://busingest:$(secret rabbitmq)@127.0.0.1:$(port rabbitmq-management)"
        fi
        [[ -z $(port postgres) ]] || echo "DATABASE_URL=postgresql://busingest:$(secret postgres)@127.0.0.1:$(port postgres)/busingest"
        if [[ -n $(port redis-master) ]]; then
            echo "REDIS_HOST=127.0.0.1"
            echo "REDIS_PORT=$(port redis-master)"
            echo "REDIS_PASSWORD=$(secret redis)"
        fi
        if [[ ${#sentinels[@]} -gt 0 ]]; then
            echo "REDIS_USE_SENTINEL=true"
            echo "REDIS_SENTINEL_HOSTS=$(IFS=,; echo "${sentinels[*]}")"
            echo "REDIS_SENTINEL_MASTER_NAME=$master_name"
            echo "REDIS_SENTINEL_PASSWORD=$(secret sentinel)"
        fi
        echo "SYNC_SECRET=$(secret sync)"
        echo "AUTH_SESSION_SECRET=$(secret session)"
        while IFS='=' read -r name _; do
            ! is_program "$name" || echo "$(variable "$name" | sed 's/_PORT$/_URL/')=http://127.0.0.1:$(port "$name")"
        done <"$cluster/ports"
    } >"$cluster/env.$BASHPID"
    mv "$cluster/env.$BASHPID" "$cluster/env"
}
