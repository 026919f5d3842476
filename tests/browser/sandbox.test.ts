import { codeCells } from "./book.ts";
import { expect, test } from "./fixtures.ts";

/** What a cell tries, each as the body of an async function that knows `url`; anything but an error within 3 s is a leak. */
const attempts: Readonly<Record<string, string>> = {
  fetch: "await fetch(url + 'fetch')",
  "fetch without CORS": "await fetch(url + 'no-cors', { mode: 'no-cors' })",
  "fetch of the page's own server": "await fetch(own)",
  XMLHttpRequest:
    "await new Promise((yes, no) => { const x = new XMLHttpRequest(); x.onload = yes; x.onerror = no; x.open('GET', url + 'xhr'); x.send(); })",
  "import()": "await import(url + 'import.js')",
  importScripts: "importScripts(url + 'scripts.js')",
  WebSocket:
    "await new Promise((yes, no) => { const s = new WebSocket(url.replace('http', 'ws') + 'socket'); s.onopen = yes; s.onerror = no; })",
  EventSource:
    "await new Promise((yes, no) => { const s = new EventSource(url + 'events'); s.onopen = yes; s.onerror = no; })",
  WebTransport: "await new WebTransport(url.replace('http:', 'https:') + 'transport').ready",
  sendBeacon: "if (!navigator.sendBeacon(url + 'beacon')) throw new Error('refused')",
  "a nested worker that fetches":
    "await new Promise((yes, no) => { const w = new Worker(URL.createObjectURL(new Blob([`fetch('${url}nested').then(() => postMessage(1), () => postMessage(0))`]))); w.onmessage = (e) => (e.data ? yes() : no(new Error('blocked'))); w.onerror = no; })",
  "a nested data: worker that fetches":
    "await new Promise((yes, no) => { const w = new Worker('data:text/javascript,' + encodeURIComponent(`fetch('${url}nested').then(() => postMessage(1), () => postMessage(0))`)); w.onmessage = (e) => (e.data ? yes() : no(new Error('blocked'))); w.onerror = no; })",
  "a shared worker": "new SharedWorker(url + 'shared.js')",
  RTCPeerConnection: "new RTCPeerConnection()",
  indexedDB:
    "await new Promise((yes, no) => { const r = indexedDB.open('leak'); r.onsuccess = yes; r.onerror = no; })",
  "the origin's file system": "await navigator.storage.getDirectory()",
  caches: "await caches.open('leak')",
  localStorage: "localStorage.getItem('leak')",
  cookies: "document.cookie",
  "a service worker": "await navigator.serviceWorker.register(url + 'service.js')",
  eval: "eval('1')",
  Function: "new Function('return 1')()",
};

/** The source of a cell that makes every attempt and shows which of them went through. */
function probe(url: string, own: string): string {
  const cases = Object.entries(attempts).map(
    ([name, body]) => `${JSON.stringify(name)}: async () => { ${body}; }`,
  );
  return `const url = ${JSON.stringify(url)}, own = ${JSON.stringify(own)};
const attempts: Record<string, () => Promise<void>> = {\n${cases.join(",\n")}\n};
const leaks: string[] = [];
for (const [name, attempt] of Object.entries(attempts)) {
  const late = new Promise((_, no) => setTimeout(() => no(new Error("no answer")), 3000));
  await Promise.race([attempt(), late]).then(() => leaks.push(name), () => undefined);
}
"went through: " + (leaks.join(", ") || "nothing")`;
}

test("a cell reaches no network and no storage", async ({ book, recorder, site }) => {
  const shown = await book.run(probe(recorder.url, site.url));
  expect(shown).toContain("went through: nothing");
  await book.page.waitForTimeout(500);
  expect(recorder.requests).toEqual([]);
});

test("the recording server does see a request that is let through", async ({ recorder }) => {
  await fetch(`${recorder.url}seen`);
  expect(recorder.requests).toEqual(["GET /seen"]);
});

const statements = {
  "a CSV over HTTP": (url: string) => `select * from read_csv('${url}rows.csv')`,
  "a text over HTTP": (url: string) => `select * from read_text('${url}rows.txt')`,
  "a quoted address as a table": (url: string) => `select * from '${url}rows.csv'`,
  "an extension": () => "load httpfs",
  "a database over HTTP": (url: string) => `attach '${url}other.db'`,
  "a copy to a file": () => "copy (select 1) to 'leak.csv'",
  "a looser setting": () => "set enable_external_access = true",
};

test("SQL cannot reach what is outside its database", async ({ book, recorder }) => {
  for (const [name, statement] of Object.entries(statements))
    await test.step(name, async () => {
      await book.open(codeCells(`await sql\`${statement(recorder.url)}\``));
      expect(await book.runAll()).toMatchObject({ cellNumber: 1 });
      expect(recorder.requests).toEqual([]);
    });
});

test("what a cell shows as HTML neither runs nor loads anything", async ({ book, page, recorder }) => {
  const html = `<p>shown</p><img src="${recorder.url}image.png" onerror="window.leak = 1"><script>window.leak = 1</script>
    <iframe src="${recorder.url}frame"></iframe><link rel="stylesheet" href="${recorder.url}style.css">
    <style>@import "${recorder.url}import.css"; body { display: none }</style><form action="${recorder.url}"><button>go</button></form>
    <svg viewBox="0 0 9 9"><path d="M0 0L9 9" fill="url(${recorder.url}fill.svg#f)" mask="url('${recorder.url}mask.svg#m')"/></svg>
    <a href="javascript:window.leak = 1">leads nowhere</a>`;
  const saved = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      {
        id: "a",
        cell_type: "code",
        source: "1",
        metadata: {},
        execution_count: 1,
        outputs: [
          { output_type: "display_data", data: { "text/html": html, "text/plain": "shown" }, metadata: {} },
        ],
      },
      {
        id: "b",
        cell_type: "markdown",
        metadata: {},
        source: `- [x] ticked\n\nprose ![x](${recorder.url}prose.png) <img src=x onerror="window.leak = 1">`,
      },
    ],
  };
  await book.open(JSON.stringify(saved), "hostile.ipynb");
  await expect(page.getByText("shown").first()).toBeVisible();
  const path = page.locator('path[d="M0 0L9 9"]');
  await expect(path).toHaveCount(1);
  expect(await path.evaluate((drawn) => drawn.getAttributeNames())).toEqual(["d"]);
  expect(await page.getByText("leads nowhere").getAttribute("href")).toBeNull();
  await expect(page.locator('li input[type="checkbox"]')).toBeChecked();
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => "leak" in window)).toBe(false);
  expect(recorder.requests).toEqual([]);
});
