FROM node:24-slim AS built
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund && node scripts/build.mjs

FROM node:24-slim AS packages
WORKDIR /app
COPY . .
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production SESAME_HOST=0.0.0.0 SESAME_DATA_DIR=/data \
  NODE_COMPILE_CACHE=/app/.compile-cache \
  MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
RUN mkdir /data .compile-cache && chown node:node /data .compile-cache && chmod 700 /data
COPY --from=packages /app .
COPY --from=built /app/packages/console/dist packages/console/dist
COPY --from=built /app/packages/server/dist packages/server/dist
USER node
RUN node --max-semi-space-size=8 --heap-growing-percent=30 packages/server/src/compile.mjs
VOLUME /data
EXPOSE 3001
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SESAME_PORT || process.env.PORT || 3001}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=30", "packages/server/src/main.mjs"]
