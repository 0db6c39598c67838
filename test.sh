#!/usr/bin/env bash
# Builds everything, runs every test project of tests/ and ends with the line "N passed, N failed, N skipped".
#
#   ./test.sh           all tests
#   ./test.sh --fast    only those that need neither servers nor a process of their own: tests/Specs
#
# BUSINGEST_KILL_ROUNDS (3; 30 for the full number) and BUSINGEST_SEED (random) steer the tests that kill the program; those that
# break a whole cluster take a third of the rounds, at least 1;
# what every test printed is left in TestResults/.
# It needs the .NET SDK of global.json; on Debian and Ubuntu it installs the rest when it is missing.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

fast=false
for argument in "$@"; do
    case $argument in
        --fast) fast=true ;;
        *) echo "usage: ./test.sh [--fast]" >&2; exit 2 ;;
    esac
done

export BUSINGEST_KILL_ROUNDS="${BUSINGEST_KILL_ROUNDS:-3}"
export BUSINGEST_SEED="${BUSINGEST_SEED:-$((RANDOM * 32768 + RANDOM))}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_UI_LANGUAGE=en
exec </dev/null

passed=0 failed=0 skipped=0
failures=()
lanes=() logs=()
scratch=$(mktemp -d)

finish() {
    local lane
    for lane in "${lanes[@]}"; do
        kill -- "-$lane" 2>/dev/null || true
    done
    # A test host that was killed leaves its programs behind; they run from directories that are this checkout's own.
    local executable
    for executable in /proc/[0-9]*/exe; do
        if [[ $(readlink "$executable" 2>/dev/null || true) == @("$scratch"/publish|"$PWD"/tests/CountingHost/bin)/* ]]; then
            kill -9 "$(basename "$(dirname "$executable")")" 2>/dev/null || true
        fi
    done
    local cluster
    for cluster in "${TMPDIR:-/tmp}"/busingest-cluster-*; do
        if [[ -f $cluster/checkout && $(<"$cluster/checkout") == "$PWD" ]]; then
            CLUSTER_DIR=$cluster deploy/cluster.sh down --purge || true
        fi
    done
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

report() {
    [[ ${#failures[@]} -eq 0 ]] || printf 'Failed: %s\n' "${failures[@]}"
    echo "$passed passed, $failed failed, $skipped skipped"
    [[ $failed -eq 0 && $passed -gt 0 ]] || exit 1
}

give_up() {
    echo "$1" >&2
    failed=$((failed + 1))
    report
}

# What the tests need beside the SDK: a command, file or library that shows that it is there, and Debian's package.
needed=(
    "sqlite3 sqlite3"
    "curl curl"
)
# The tests start servers of their own on free ports; a service that apt starts beside them does no harm.
servers=(
    "/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server rabbitmq-server"
    "/usr/lib/postgresql/*/bin/postgres postgresql"
    "/usr/sbin/pgbouncer pgbouncer"
    "redis-server redis-server"
    "redis-cli redis-tools"
    "redis-sentinel redis-sentinel"
    "setpriv util-linux"
    "script bsdutils"
    "chromium chromium"
    "zsh zsh"
    "fish fish"
)
[[ $fast == true ]] || needed+=("${servers[@]}")

is_there() {
    command -v "$1" >/dev/null || { [[ $1 == /* ]] && compgen -G "$1" >/dev/null; } || { [[ $1 == *.so.* ]] && PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -qF "$1"; }
}

install_missing() {
    local missing=() entry as_root=()
    for entry in "${needed[@]}"; do
        is_there "${entry% *}" || missing+=("${entry#* }")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0

    echo "Installing ${missing[*]}"
    [[ $(id -u) -eq 0 ]] || as_root=(sudo --non-interactive)
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# The projects below tests/ that hold tests, a path a line.
test_projects() {
    local project
    for project in tests/*/*.csproj; do
        grep -q '"xunit.v3"' "$project" || continue
        [[ $fast == false || $project == tests/Specs/* ]] || continue
        echo "$project"
    done
}

# counter FILE NAME: a number of a trx file's summary.
counter() {
    local value
    value=$(grep -oE '<Counters [^>]*>' "$1" | grep -oE "[ ]$2=\"[0-9]+\"" | grep -oE '[0-9]+' | head -n 1) || true
    echo "${value:-0}"
}

# failures_in FILE: the tests of a trx file that failed, each in one line with what was wrong.
failures_in() {
    awk '
        /<UnitTestResult / { name = ""; if (match($0, /testName="[^"]*"/) && /outcome="Failed"/) name = substr($0, RSTART + 10, RLENGTH - 11) }
        name != "" && /<Message>/ { told = ""; telling = 1; sub(/.*<Message>/, "") }
        telling { told = told (told == "" ? "" : " | ") $0 }
        telling && /<\/Message>/ { sub(/<\/Message>.*/, "", told); print name ": " substr(told, 1, 4000); name = ""; telling = 0 }
        name != "" && /<\/UnitTestResult>/ { print name; name = "" }' "$1" | sed "s/&#x[DA];//g; s/&quot;/\"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\\&/g"
}

# run_tests PATH...: runs the tests of one project after the other, each into TestResults/NAME.
run_tests() {
    local project name results
    for project in "$@"; do
        name=$(basename "$project" .csproj)
        results="TestResults/$name"
        mkdir -p "$results"
        echo "== $name"
        if dotnet test "$project" -c Release --no-build --nologo \
            --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" --results-directory "$results" \
            --blame-hang --blame-hang-timeout 30m --blame-hang-dump-type none; then
            echo 0 >"$results/status"
        else
            echo $? >"$results/status"
        fi
    done
}

# run_beside LOG PATH...: the same in the background, printed once it is over (print_lanes). As a job of its own it heeds Ctrl+C, and can be
# ended with all that it started.
run_beside() {
    set -m
    run_tests "${@:2}" >"$1" 2>&1 &
    set +m
    lanes+=($!)
    logs+=("$1")
}

print_lanes() {
    # One that was killed has left a project without a status, which counts as failed.
    wait "${lanes[@]}" || true
    lanes=()
    cat "${logs[@]}"
}

# count_project PATH: adds up what ran; a run that ended badly without a failed test counts as one.
count_project() {
    local name ran status new_passed=0 new_failed=0 total=0
    name=$(basename "$1" .csproj)
    status=$(cat "TestResults/$name/status" 2>/dev/null || echo 1)

    ran="TestResults/$name/$name.trx"
    if [[ -f $ran ]]; then
        total=$(counter "$ran" total)
        new_passed=$(counter "$ran" passed)
        new_failed=$(($(counter "$ran" failed) + $(counter "$ran" error) + $(counter "$ran" timeout) + $(counter "$ran" aborted)))
    fi
    if [[ $new_failed -gt 0 ]]; then
        mapfile -t -O "${#failures[@]}" failures < <(failures_in "$ran")
    fi
    if [[ $new_failed -eq 0 && ($status -ne 0 || $total -eq 0) ]]; then
        echo "$name ended with code $status after $total tests" >&2
        new_failed=1
        [[ $total -gt 0 ]] || total=1
    fi
    passed=$((passed + new_passed))
    failed=$((failed + new_failed))
    # Summaries of xunit count a skipped test in the total alone.
    if [[ $total -gt $((new_passed + new_failed)) ]]; then
        skipped=$((skipped + total - new_passed - new_failed))
    fi
}

command -v dotnet >/dev/null || give_up "The .NET SDK $(grep -oE '[0-9]+\.[0-9]+\.[0-9]+' global.json) is needed: https://dot.net"
install_missing || give_up "The packages that the tests need could not be installed"

echo "Seed $BUSINGEST_SEED, $BUSINGEST_KILL_ROUNDS rounds of kills"
dotnet build BusIngest.sln -c Release --nologo -warnaserror -warnnotaserror:NU1901,NU1902,NU1903,NU1904 || give_up "The build failed"

mapfile -t projects < <(test_projects)
[[ ${#projects[@]} -gt 0 ]] || give_up "There are no test projects"

if [[ $fast == false ]]; then
    # For this platform alone: SQLite for all of them would be 33 MB. Only the program itself is compiled for it, and that was analyzed above.
    dotnet publish src/Api -c Release --use-current-runtime --self-contained false -p:RunAnalyzers=false --nologo -o "$scratch/publish" || give_up "The program could not be published"
    export BUSINGEST_PUBLISH_DIR="$scratch/publish"
fi

# Faults hold bounds of time, so they run alone; of the others, those that wait for servers run beside those that need the cores.
alone=() waiting=() busy=()
for project in "${projects[@]}"; do
    case $project in
        tests/Faults/*) alone+=("$project") ;;
        tests/Integration/*) waiting+=("$project") ;;
        *) busy+=("$project") ;;
    esac
done
rm -rf TestResults
run_tests "${alone[@]}"
if [[ ${#waiting[@]} -gt 0 ]]; then
    run_beside "$scratch/waiting.log" "${waiting[@]}"
    run_beside "$scratch/busy.log" "${busy[@]}"
    print_lanes
else
    run_tests "${busy[@]}"
fi
for project in "${projects[@]}"; do
    count_project "$project"
done
report
