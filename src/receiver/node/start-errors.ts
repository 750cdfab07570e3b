/** Converts errors that prevent the receiver from starting to messages with a hint. */
import { AuthorError, type AuthorIssue } from "../../lib/author-error.ts";
import type { Database } from "../store/database.ts";
import { openSqlite } from "../store/sqlite.ts";

/**
 * Opens the database.
 * @param name file name as the operator wrote it.
 * @throws AuthorError when it can't be written or isn't a database.
 */
export function openDatabase(file: string, name: string): Database {
  try {
    return openSqlite(file);
  } catch (error) {
    const issue = databaseIssue(error, name);
    throw issue === null ? error : new AuthorError([issue]);
  }
}

/** Primary result codes, https://www.sqlite.org/rescode.html */
const SQLITE = { busy: 5, readOnly: 8, io: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 };

function databaseIssue(error: unknown, file: string): AuthorIssue | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  switch (error.errcode & 0xff) {
    case SQLITE.cantOpen:
    case SQLITE.readOnly:
    case SQLITE.io:
      return {
        message: "The database can't be written",
        file,
        hint: "Its folder has to exist, and the receiver needs permission to write there. Another place: --data /var/lib/backfence/receiver.db",
      };
    case SQLITE.full:
      return {
        message: "The disk is full",
        file,
        hint: "Make room, or name a file on another disk: --data FILE",
      };
    case SQLITE.busy:
      return {
        message: "Another program has locked the database",
        file,
        hint: "End the program that holds it, such as a database browser, and start again.",
      };
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return {
        message: "The file isn't a database of the receiver, or it's damaged",
        file,
        hint: "Name the right one with --data FILE, or put a backup in its place: docs/receiver.md.",
      };
    default:
      return null;
  }
}

/** Converts an error of `listen` to a message with a hint; null for other errors. */
export function listenError(error: unknown, host: string, port: number): AuthorError | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  const file = "command line";
  switch (error.code) {
    case "EADDRINUSE":
      return new AuthorError([
        {
          message: `Another program listens on port ${port}`,
          file,
          hint: "End it if it's an earlier receiver, or name another port: --port 8421. A proxy in front needs the same number.",
        },
      ]);
    case "EACCES":
      return new AuthorError([
        {
          message: `The receiver has no permission to listen on port ${port}`,
          file,
          hint: "Ports below 1024 belong to the system. Listen on another one, --port 8420, with a proxy in front: docs/receiver.md.",
        },
      ]);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return new AuthorError([
        {
          message: `${host} isn't an address of this machine`,
          file,
          hint: "127.0.0.1 is reached from this machine only, as behind a proxy; 0.0.0.0 from everywhere: --host 127.0.0.1",
        },
      ]);
    default:
      return null;
  }
}
