# Two stages: the SDK makes the native binary, the second image holds it and what it needs at run time, nothing else.
# Build: docker build --tag chatbot .
# Run:   docker run --volume ./config:/etc/chatbot:ro --volume chatbot:/var/lib/chatbot --volume /path/to/Maildir:/var/lib/chatbot/Maildir chatbot
# Configuration and secrets must be readable by uid 1000, the Maildir writable by it.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends clang libsqlite3-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# CI=true takes the packages of the lock files, no others.
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
RUN dotnet publish src/ChatBot --configuration Release --runtime linux-x64 --output /published

# This image needs the libc of the build or a later one: the SDK image is Ubuntu 24.04 (glibc 2.39), Debian 13 has 2.41.
FROM debian:13-slim
# libssl3t64: TLS, SASL and hashes; the bot does not start without it. ca-certificates: the authorities it trusts. tzdata: "Europe/Paris". gpg: !auth.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates gpg libssl3t64 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --no-create-home --home-dir /var/lib/chatbot --shell /usr/sbin/nologin chatbot \
    && install --directory --owner chatbot --group chatbot --mode 0700 /var/lib/chatbot
COPY --from=build --chmod=0755 /published/chatbot /usr/bin/
USER chatbot
VOLUME /var/lib/chatbot
STOPSIGNAL SIGTERM
# No HEALTHCHECK: /healthz says 503 while IRC is unreachable, and a restart would not help. /metrics and /healthz of [web] show a bot
# whose loops have stopped; a monitor outside the container can read them.
ENTRYPOINT ["chatbot"]
CMD ["run"]
