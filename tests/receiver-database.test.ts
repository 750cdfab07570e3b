import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statement, type Database } from "../src/receiver/store/database.ts";
import {
  claimJob,
  enqueueStatement,
  extendLease,
  finishStatements,
  HOLDS_LEASE,
  nextDue,
  postponeStatement,
  queueLength,
} from "../src/receiver/store/jobs.ts";
import { agreedValue, countAgainst } from "../src/receiver/store/counters.ts";
import { notificationBy, storeNotification } from "../src/receiver/store/notifications.ts";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";

const SECOND = 1000;

describe.each(Object.entries(ADAPTERS))("%s", (_name, open) => {
  let opened: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    opened = await open();
    ({ database } = opened);
  });
  afterAll(() => opened.close());

  test("returns written values, also to a second connection", async () => {
    await database.all("INSERT INTO value (name, value) VALUES (?, ?)", "a", "ü 😀 \u0001");
    const other = await opened.again();
    expect(await other.all("SELECT value FROM value WHERE name = ?", "a")).toEqual([
      { value: "ü 😀 \u0001" },
    ]);
  });

  test("rolls back a batch when one statement fails", async () => {
    const failing = database.batch([
      statement("INSERT INTO value (name, value) VALUES ('b', '1')"),
      statement("INSERT INTO value (name, value) VALUES ('b', '2')"),
    ]);
    await expect(failing).rejects.toThrow(/UNIQUE/);
    expect(await database.all("SELECT * FROM value WHERE name = 'b'")).toEqual([]);
  });

  test("keeps simultaneous writes in order, except those that fail", async () => {
    const insert = (name: string) => statement("INSERT INTO value (name, value) VALUES (?, 'x')", name);
    const outcomes = await Promise.allSettled([
      database.batch([insert("t1"), insert("t2")]),
      database.batch([insert("t3"), insert("t1")]),
      database.all("INSERT INTO value (name, value) VALUES ('t3', 'y') RETURNING value"),
      database.all("INSERT INTO nowhere VALUES (1)"),
      database.batch([
        statement("UPDATE value SET value = 'z' WHERE name = 't2' RETURNING name"),
        insert("t4"),
      ]),
      database.batch([]),
    ]);
    expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : null))).toEqual([
      [[], []],
      null,
      [{ value: "y" }],
      null,
      [[{ name: "t2" }], []],
      [],
    ]);
    expect(await database.all("SELECT name, value FROM value WHERE name LIKE 't_' ORDER BY name")).toEqual([
      { name: "t1", value: "x" },
      { name: "t2", value: "z" },
      { name: "t3", value: "y" },
      { name: "t4", value: "x" },
    ]);
  });

  test("gives each job to only one of many workers", async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `many ${index}`);
    await database.batch(keys.map((key) => enqueueStatement("verify", key, "{}", 0)));
    const workers = [database, await opened.again(), await opened.again()];
    const claims = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        claimJob(workers[index % 3] ?? database, `lease ${index}`, SECOND, SECOND),
      ),
    );
    const taken = claims.flatMap((job) => (job === null ? [] : [job.key]));
    expect(taken.sort()).toEqual([...keys].sort());
    await database.all("DELETE FROM job");
  });

  test("gives a job to another worker when its worker died, and ignores changes by the dead one", async () => {
    await database.batch([enqueueStatement("verify", "crash", "{}", 0)]);
    const first = await claimJob(database, "first", 0, SECOND);
    expect(await claimJob(database, "second", SECOND - 1, SECOND)).toBeNull();
    const second = await claimJob(database, "second", SECOND, SECOND);
    expect(second).toMatchObject({ key: "crash", attempts: 2 });
    if (first === null || second === null) throw new Error("Both were claimed");
    const late = "INSERT INTO value (name, value) SELECT 'late', 'x' WHERE ";
    await database.batch([
      statement(late + HOLDS_LEASE, first.id, first.lease),
      ...finishStatements(first, SECOND),
    ]);
    expect(await database.all("SELECT * FROM value WHERE name = 'late'")).toEqual([]);
    expect(await queueLength(database)).toBe(1);
    expect(await extendLease(database, first, 9 * SECOND)).toBe(false);
    expect(await extendLease(database, second, 9 * SECOND)).toBe(true);
    await database.batch(finishStatements(second, SECOND));
    expect(await queueLength(database)).toBe(0);
  });

  test("runs a job again that was enqueued again while it ran", async () => {
    await database.batch([enqueueStatement("verify", "again", `"old"`, 0)]);
    const job = await claimJob(database, "one", 0, SECOND);
    await database.batch([enqueueStatement("verify", "again", `"new"`, 5)]);
    if (job === null) throw new Error("It was claimed");
    await database.batch(finishStatements(job, 7));
    expect(await claimJob(database, "two", 7, SECOND)).toMatchObject({ payload: `"new"`, attempts: 1 });
    await database.all("DELETE FROM job");
  });

  test("doesn't return a postponed job until it's due", async () => {
    await database.batch([enqueueStatement("verify", "later", "{}", 0)]);
    const job = await claimJob(database, "one", 0, SECOND);
    if (job === null) throw new Error("It was claimed");
    await database.batch([postponeStatement(job, 50)]);
    expect(await nextDue(database)).toBe(50);
    expect(await claimJob(database, "two", 49, SECOND)).toBeNull();
    expect(await claimJob(database, "two", 50, SECOND)).toMatchObject({ attempts: 2 });
    await database.all("DELETE FROM job");
  });

  test("has one status page and one job for a source and target that are sent several times", async () => {
    const payload = {
      protocol: "webmention",
      source: "https://a.example/",
      target: "https://me.example/",
      slug: "x",
    } as const;
    const tokens = await Promise.all(
      ["t1", "t2", "t3"].map((token) => storeNotification(database, payload, token, 0)),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(await queueLength(database)).toBe(1);
    expect(await notificationBy(database, tokens[0] ?? "")).toMatchObject({ isDone: false, outcome: "none" });
  });

  test("counts requests against limits in time windows", async () => {
    const limit = { key: "k", max: 2, windowMs: SECOND };
    const at = async (now: number) => (await countAgainst(database, [limit], now)) !== null;
    expect([await at(0), await at(1), await at(2), await at(SECOND), await at(SECOND + 1)]).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  test("returns the first of several proposed values to all connections", async () => {
    const other = await opened.again();
    const agreed = await Promise.all([
      agreedValue(database, "key", "mine"),
      agreedValue(other, "key", "theirs"),
    ]);
    expect(agreed[0]).toBe(agreed[1]);
  });
});
