#!/bin/sh
# Builds the blog and copies it into a folder on a server: PUBLISH_TO=me@server:/var/www/blog sh host/publish.sh
# PUBLISH_BY=sftp: for servers without rsync; removed files stay on the server.
# PUBLISH_IF=due: for a schedule; publishes only if the date of a post has come since the last time.
set -eu
cd "$(dirname "$0")/.."
: "${PUBLISH_TO:?Set the target: PUBLISH_TO=me@server:/var/www/blog}"
last=.cache/published
if [ "${PUBLISH_IF:-}" = due ] && [ -f "$last" ]; then
  due=$(npx --no-install backfence drafts --since "$(cat "$last")")
  if [ -z "$due" ]; then exit 0; fi
fi
began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
npm run build
npx --no-install backfence host --built
if [ "${PUBLISH_BY:-rsync}" = sftp ]; then
  printf 'put -r dist/. "%s"\n' "${PUBLISH_TO#*:}" | sftp -b - "${PUBLISH_TO%%:*}"
else
  # Pages are updated after other files, and old files are removed last, so that no page links to missing files.
  rsync -rlz --checksum --exclude '*.html*' dist/ "$PUBLISH_TO/"
  rsync -rlz --checksum --delay-updates --delete-delay dist/ "$PUBLISH_TO/"
fi
mkdir -p .cache
echo "$began" > "$last"
