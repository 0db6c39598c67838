#!/usr/bin/env bash
# Deletes all data: rows of the database, what waits in RabbitMQ and Redis, and what is parked. It says first how much that
# is, and asks; --yes goes on without. Tables, queues and settings stay, and processes that run go on.
#
#   ./clean-all-data.sh [--yes] [--data-dir DIR]...
#
# It is the program's own command `clean`, with the settings that the program has here: .env and the environment.
# The program is taken from BUSINGEST_PUBLISH_DIR, or else built.
set -euo pipefail
checkout=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

if [[ -n ${BUSINGEST_PUBLISH_DIR:-} ]]; then
    exec "$BUSINGEST_PUBLISH_DIR/BusIngest.Api" clean "$@"
fi
exec dotnet run -c Release --project "$checkout/src/Api" -- clean "$@"
