import { mount } from "svelte";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "../ui/theme.css";
import "../ui/base.css";
import "../ui/floating.css";
import { Tables } from "../state/data.svelte.ts";
import { Page } from "../state/page.svelte.ts";
import { Settings } from "../state/settings.svelte.ts";
import { NotebookStore } from "../state/storage.ts";
import { WriteAhead } from "../state/write-ahead.ts";
import { tellLeft } from "../ui/actions/leave.ts";
import App from "./App.svelte";
import { keepOffline } from "./offline.ts";
import { openFirst, rememberOpen } from "./routes.ts";
import { whenIdle } from "./idle.ts";

const settings = new Settings(localStorage, navigator.languages);
const startData = (): Worker =>
  new Worker(new URL("../../workers/data.worker.ts", import.meta.url), { type: "module" });
const tables = new Tables(startData, () => navigator.storage.persist());
const tab = crypto.getRandomValues(new Uint32Array(2)).join("-");
const store = new NotebookStore(new WriteAhead(localStorage, tab));
const page = new Page(settings, tables, store, rememberOpen);
page.onleft = (left) => tellLeft(page, left);

const target = document.getElementById("app")!;
target.replaceChildren();
mount(App, { target, props: { page } });

const opened = openFirst(page);
void import("./automation.ts").then(({ automate }) => automate(page, opened));
void opened.then(() =>
  whenIdle(() => {
    // Tables are listed at once; the database itself takes a moment.
    page.tables.refresh().catch(() => undefined);
    // The kernel brings the database with it. Should it not start, the status bar says why.
    page.open?.kernel.start().catch(() => undefined);
    page.tidy().catch(() => undefined);
    keepOffline(page);
  }),
);
