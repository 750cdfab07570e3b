/** Passkeys with Chromium's virtual authenticator: on the moderation page, and for authorizing an app. */
import { createHash } from "node:crypto";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ADAPTERS } from "./receiver-support/databases.ts";
import { freePort } from "./support/free-port.ts";
import { startMicropub, type MicropubReceiver } from "./receiver-support/micropub.ts";
import { TOKEN } from "./receiver-support/receiver.ts";
import { axeFaults } from "./support/axe.ts";
import { sharedBrowser } from "./support/use-site.ts";

let receiver: MicropubReceiver;
let browser: Browser;
/** Origin with a host name, because passkeys don't work with IP addresses. */
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  receiver = await startMicropub(await ADAPTERS.SQLite(), { port, env: { RECEIVER_URL: origin } });
  browser = await sharedBrowser();
});
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
});

// Rate limits count sign-ins within ten minutes.
beforeEach(() => receiver.pass(11 * 60_000));

interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Sets whether the user confirms. */
  readonly setPresent: (isPresent: boolean) => Promise<void>;
}

/** Runs a function with a browser on a device that supports passkeys. */
async function onDevice<T>(use: (device: Device) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session: CDPSession = await context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const setPresent = async (isPresent: boolean) => {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: isPresent });
    };
    return await use({ page, context, setPresent });
  } finally {
    await context.close();
  }
}

async function signInWithToken(page: Page): Promise<void> {
  await page.goto(`${origin}/moderate`);
  await page.getByLabel("Token").fill(TOKEN);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Moderation" }).waitFor();
}

async function addPasskey(page: Page, name: string, token = TOKEN): Promise<void> {
  await page.goto(`${origin}/moderate/access`);
  await page.getByLabel("Name, such as the device").fill(name);
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Add a passkey" }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${origin}/moderate`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

const passkeyButton = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" });

const accessible = async (page: Page) => expect(await axeFaults(page)).toEqual([]);

test("the operator adds a passkey, signs in with it, and removes it together with its sessions", async () => {
  await onDevice(async ({ page, context }) => {
    await page.goto(`${origin}/moderate`);
    expect(await passkeyButton(page).count()).toBe(0);
    await signInWithToken(page);
    await addPasskey(page, "Laptop");
    await page.getByText("Laptop").waitFor();
    await accessible(page);
    await signOut(page);
    await accessible(page);
    await passkeyButton(page).click();
    await page.getByRole("heading", { name: "Moderation" }).waitFor();

    const other = await context.newPage();
    await other.goto(`${origin}/moderate/access`);
    await other.getByRole("button", { name: "Remove: Laptop" }).click();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });
});

test("a session alone can't add a passkey", async () => {
  await onDevice(async ({ page }) => {
    await signInWithToken(page);
    await addPasskey(page, "Mallory's", "not-the-operators-token");
    await page.getByText("That isn’t the token.").waitFor();
    expect(await page.getByText("Mallory's").count()).toBe(0);
  });
});

test("an unknown passkey, or one whose owner doesn't confirm, can't sign in", async () => {
  await onDevice(async ({ page: owner }) => {
    await signInWithToken(owner);
    await addPasskey(owner, "Mine");
    await owner.getByText("Mine").waitFor();
    await onDevice(async ({ page, setPresent }) => {
      // A passkey that was removed from the server is still on the device.
      await signInWithToken(page);
      await addPasskey(page, "Old telephone");
      await page.getByRole("button", { name: "Remove: Old telephone" }).click();
      await signOut(page);
      await passkeyButton(page).click();
      await page.getByText("That passkey isn’t known here").waitFor();
      await setPresent(false);
      await passkeyButton(page).click();
      await page.getByText("The passkey wasn’t used.").waitFor();
      await page.goto(`${origin}/moderate`);
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });
  });
});

test("without JavaScript, signing in with the token works, and no button for passkeys is shown", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await signInWithToken(page);
    await page.goto(`${origin}/moderate/access`);
    expect(await page.getByRole("button", { name: "Add a passkey" }).count()).toBe(0);
    await signOut(page);
    expect(await passkeyButton(page).count()).toBe(0);
  } finally {
    await context.close();
  }
});

test("an app on another site is authorized with a passkey, and gets a token", async () => {
  const verifier = "v".repeat(64);
  const app = new URL(receiver.page("/", "<title>App</title>")).origin;
  const callback = `${app}/callback`;
  const query = new URLSearchParams({
    response_type: "code",
    client_id: `${app}/`,
    redirect_uri: callback,
    state: "s",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    scope: "create media",
  });
  const start = receiver.page(
    "/start",
    `<a href="${origin}/auth?${query.toString().replaceAll("&", "&amp;")}">Sign in</a>`,
  );
  await onDevice(async ({ page }) => {
    await signInWithToken(page);
    await addPasskey(page, "Telephone");
    await page.getByText("Telephone").waitFor();
    await signOut(page);

    await page.goto(start);
    await page.getByRole("link", { name: "Sign in" }).click();
    await passkeyButton(page).click();
    await page.getByRole("heading", { name: /^Allow / }).waitFor();
    await accessible(page);
    await page.getByLabel("Upload pictures").uncheck();
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.waitForURL(`${callback}?**`);
    const code = new URL(page.url()).searchParams.get("code") ?? "";
    const answer = await receiver.post("/token", {
      grant_type: "authorization_code",
      code,
      client_id: `${app}/`,
      redirect_uri: callback,
      code_verifier: verifier,
    });
    const tokens = (await answer.json()) as { readonly access_token: string };
    expect(tokens).toMatchObject({ scope: "create", me: "https://me.example/" });
    const posted = await receiver.json(
      { type: ["h-entry"], properties: { content: ["From my telephone"] } },
      tokens.access_token,
    );
    expect(posted.status).toBe(201);

    await page.goto(`${origin}/moderate/access`);
    await page.getByText(`${app}/`).waitFor();
    await accessible(page);
  });
});
