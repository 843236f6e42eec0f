# Builds OneDoor from these sources and nothing else, and runs it as nobody in particular.
FROM node:24.11.1-bookworm-slim AS node

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /src
COPY . .
RUN ./onedoor package && mkdir /opt/onedoor && tar -xzf target/onedoor-*.tar.gz --strip-components=1 -C /opt/onedoor

# the JDK the release was made with, or its AOT cache would be ignored
FROM eclipse-temurin:25.0.3_9-jdk-noble
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin onedoor && install -d -o onedoor -g onedoor -m 700 /data
COPY --from=build /opt/onedoor /opt/onedoor
USER onedoor
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/actuator/health"]
ENTRYPOINT ["/opt/onedoor/onedoor"]
CMD ["start", "--data", "/data", "--host", "0.0.0.0"]
