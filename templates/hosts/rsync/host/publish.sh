#!/bin/sh
# Builds the blog and copies it into a folder on a server: PUBLISH_TO=me@server:/var/www/blog sh host/publish.sh
# With PUBLISH_BY=sftp for servers without rsync; files that are gone stay there then.
# With PUBLISH_IF=due, for a schedule: only if the date of a post has come since the last time.
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
  # Pages change last and old files go at the end, so that no page ever lacks what it links to.
  rsync -rlz --checksum --exclude '*.html*' dist/ "$PUBLISH_TO/"
  rsync -rlz --checksum --delay-updates --delete-delay dist/ "$PUBLISH_TO/"
fi
mkdir -p .cache
echo "$began" > "$last"
