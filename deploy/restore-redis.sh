#!/bin/sh
# 控え（.rdb）から、Redis の AOF を作り直します。使い方は docs/operating.md の「控え・戻し・更新」。
# 今のデータは、新しいものができあがるまで触らず、そのあとも old-（日時）として残します。
set -eu
backup=${1:-/backup.rdb}
data=${2:-/data}
new=$data/restoring

redis-check-rdb "$backup"

rm -rf "$new" && mkdir "$new" && cp "$backup" "$new/dump.rdb"
redis-server --port 0 --unixsocket "$new/socket" --dir "$new" --appendonly no --save "" --daemonize yes
ask() { redis-cli -s "$new/socket" "$@"; }

# 2分まで待ちます。
becomes() {
  for _ in $(seq 120); do
    ask $1 2>/dev/null | grep -q "$2" && return
    sleep 1
  done
  echo "控えを読めませんでした（$2 になりません）。今のデータは、そのままです。" >&2
  ask shutdown nosave || true
  exit 1
}

becomes ping PONG
ask config set appendonly yes
becomes "info persistence" aof_rewrite_in_progress:0
becomes "info persistence" aof_last_bgrewrite_status:ok
test -s "$new"/appendonlydir/*.manifest
ask shutdown nosave

if [ -e "$data/appendonlydir" ]; then mv "$data/appendonlydir" "$data/old-$(date +%F-%H%M%S)"; fi
mv "$new/appendonlydir" "$data/" && rm -rf "$new"
echo "戻しました。"
