# Not run where it was written: no Docker daemon was there. Please report what does not work.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY seeds seeds
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json
# The packaged Node and PostgreSQL are optional dependencies: the image has Node and names a server.
RUN npm prune --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY seeds seeds
COPY src/http/ide src/http/ide
COPY policies policies
# The decision tables that a new version of the policy is tested with.
COPY test/policies test/policies
COPY schema schema
# The program writes nothing but DATA_DIR, and that only in development mode.
RUN mkdir /data && chown node /data
ENV DATA_DIR=/data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, so that SIGTERM reaches the server and not a shell.
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "--max-semi-space-size=64", "dist/src/cli.js", "serve"]
