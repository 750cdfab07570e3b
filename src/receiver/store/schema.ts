/** The database schema. Statements are idempotent and run at each start; append a statement to change a table. */

/** Ids of published responses start above those of imported comments. */
const FIRST_ID = 1_000_000_000;

export const SCHEMA: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS notification (
    token TEXT PRIMARY KEY,
    protocol TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    slug TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL,
    received INTEGER NOT NULL,
    finished INTEGER
  ) STRICT`,
  `CREATE INDEX IF NOT EXISTS notification_pair ON notification (slug, source, state)`,
  `CREATE INDEX IF NOT EXISTS notification_received ON notification (received)`,
  // The unique key prevents a second job for the same work.
  `CREATE TABLE IF NOT EXISTS job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,
    lease TEXT,
    leased_until INTEGER NOT NULL DEFAULT 0,
    again INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE INDEX IF NOT EXISTS job_due ON job (due, leased_until)`,
  `CREATE TABLE IF NOT EXISTS response (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL,
    source TEXT NOT NULL,
    protocol TEXT NOT NULL,
    status TEXT NOT NULL,
    place TEXT NOT NULL,
    data TEXT NOT NULL,
    photo TEXT,
    suspicion TEXT NOT NULL,
    received INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    wm_id INTEGER,
    misses INTEGER NOT NULL DEFAULT 0,
    edit_key TEXT,
    UNIQUE (slug, source)
  ) STRICT`,
  `CREATE INDEX IF NOT EXISTS response_status ON response (status, changed)`,
  `CREATE INDEX IF NOT EXISTS response_source ON response (source)`,
  `CREATE INDEX IF NOT EXISTS response_wm_id ON response (wm_id)`,
  `CREATE INDEX IF NOT EXISTS response_place ON response (place, status)`,
  // A response gets a new id when it's first published and after each change, so that clients that request responses
  // after an id also get those approved late or edited.
  `CREATE TABLE IF NOT EXISTS publication (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    response INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX IF NOT EXISTS publication_response ON publication (response)`,
  `INSERT OR IGNORE INTO publication (id, response) VALUES (${FIRST_ID}, 0)`,
  `CREATE TABLE IF NOT EXISTS rule (
    domain TEXT PRIMARY KEY,
    action TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS counter (
    key TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    expires INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX IF NOT EXISTS counter_expires ON counter (expires)`,
  `CREATE TABLE IF NOT EXISTS value (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS metric (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL
  ) STRICT`,
  // Passkeys of the operator; `public_key` is base64url.
  `CREATE TABLE IF NOT EXISTS passkey (
    id TEXT PRIMARY KEY,
    public_key TEXT NOT NULL,
    counter INTEGER NOT NULL,
    name TEXT NOT NULL,
    author TEXT,
    created INTEGER NOT NULL,
    used INTEGER
  ) STRICT`,
  // Codes and tokens are stored only as hashes. All tokens from one consent are a family.
  `CREATE TABLE IF NOT EXISTS auth_code (
    hash TEXT PRIMARY KEY,
    client TEXT NOT NULL,
    redirect TEXT NOT NULL,
    challenge TEXT NOT NULL,
    scope TEXT NOT NULL,
    author TEXT,
    expires INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS auth_token (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    family TEXT NOT NULL,
    client TEXT NOT NULL,
    scope TEXT NOT NULL,
    author TEXT,
    created INTEGER NOT NULL,
    used INTEGER,
    expires INTEGER NOT NULL,
    ended INTEGER
  ) STRICT`,
  `CREATE INDEX IF NOT EXISTS auth_token_family ON auth_token (family)`,
  // Uploaded pictures until their post is created, in parts: D1 limits rows to 2 MB.
  `CREATE TABLE IF NOT EXISTS media (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    characters INTEGER NOT NULL,
    created INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS media_part (
    media TEXT NOT NULL,
    part INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (media, part)
  ) STRICT`,
];
