# One image for every role: what a container does is its ROLES.
# The versions that the tests ran with; the SDK runs on the machine that builds, for whatever machine the image is.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
ARG TARGETARCH=amd64
WORKDIR /source
# Restored before the sources come, so that a change of code does not fetch the packages again.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Directory.Build.props src/
COPY eng/ eng/
COPY src/Contracts/Contracts.csproj src/Contracts/packages.lock.json src/Contracts/
COPY src/Bus/Bus.csproj src/Bus/packages.lock.json src/Bus/
COPY src/Sagas/Sagas.csproj src/Sagas/packages.lock.json src/Sagas/
COPY src/Workers/Workers.csproj src/Workers/packages.lock.json src/Workers/
COPY src/Api/Api.csproj src/Api/packages.lock.json src/Api/
RUN dotnet restore src/Api -a $TARGETARCH --locked-mode
COPY src/ src/
# For one platform: SQLite for all of them would be 33 MB more.
RUN dotnet publish src/Api -c Release -a $TARGETARCH --self-contained false --no-restore -o /publish

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12
# curl is for the health check.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir -p /data /logs \
    && chown "$APP_UID" /data /logs
COPY --from=build /publish /app
ENV DATA_DIR=/data LOGS_DIR=/logs PORT=3000
WORKDIR /app
USER $APP_UID
VOLUME ["/data", "/logs"]
EXPOSE 3000
# A signal reaches the program itself; it finishes what is in hand within 10 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=6 \
    CMD curl -fsS -o /dev/null "http://127.0.0.1:${PORT}/health/ready"
ENTRYPOINT ["./BusIngest.Api"]
