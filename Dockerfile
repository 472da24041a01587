# 依存だけを先に入れる段（コードを直しても、ここは作り直されません）
FROM node:24-alpine AS modules
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

FROM node:24-alpine
ENV NODE_ENV=production \
    PORT=3000
WORKDIR /app
COPY --from=modules /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
# SQLite で動かすとき（REDIS_URL が空）に書き込む場所。残すにはボリュームをつけます。
RUN mkdir -p data node_modules/.cache && chown node:node data node_modules/.cache
VOLUME /app/data
USER node
# 起動が速く、小さくなるように、コンパイルしたもの（node_modules/.cache）をここで作ります。動きはじめると、書けないことがあるためです
# （docker-compose.yml の read_only）。鍵がないので、窓口は部品をみな読みこんだところで断って終わります。
RUN npm start 2>&1 | grep LINE_CHANNEL_SECRET > /dev/null && ls node_modules/.cache/compiled
COPY dialogs ./dialogs
COPY messages ./messages
# 話題と言葉も、読みとったものをここで控えます。誤りがあれば、ここで止まります（動かしても始まらないため）。
RUN node src/check.ts
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# 起動の指定は package.json の start と同じです。メモリのための指定です（docs/scaling.md）。
CMD ["node", "--disable-warning=ExperimentalWarning", "--v8-pool-size=1", "--max-semi-space-size=16", "--max-old-space-size=512", "src/start.js"]
