# RabbitMQ, with its management API.

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
default_user = busingest
default_pass = $(secret rabbitmq)
END
    rm -f "$home/pid"
    # The user guest is not made where another is the first. The first process is a shell; the broker writes its own id, and epmd outlives it.
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
    printf 'user = "busingest:%s"\n' "$(secret rabbitmq)" |
        curl -fs -m 2 -o /dev/null -K - "http://127.0.0.1:$(port rabbitmq-management)/api/vhosts" &&
        (exec 3<>"/dev/tcp/127.0.0.1/$(port rabbitmq)")
}
