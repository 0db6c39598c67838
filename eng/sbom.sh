#!/usr/bin/env bash
# Writes the program's bill of materials (CycloneDX, JSON): every package that it ships, with version, hash and licence.
#
#   eng/sbom.sh [DIRECTORY]     DIRECTORY/busingest.cdx.json; artifacts/ by default
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

directory=${1:-artifacts}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p "$directory"
dotnet tool restore >/dev/null
# Test and build tools are not shipped, and so are not in it. Its restore must not look for other packages than the locked ones.
dotnet dotnet-CycloneDX src/Api/Api.csproj --output "$directory" --filename busingest.cdx.json --output-format Json \
    --set-name BusIngest --set-type Application --exclude-dev --disable-package-restore >/dev/null
echo "$directory/busingest.cdx.json: $(grep -c '"purl"' "$directory/busingest.cdx.json") packages"
