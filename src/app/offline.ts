/// <reference types="vite-plugin-pwa/vanillajs" />
import { toast } from "svelte-sonner";
import { registerSW } from "virtual:pwa-register";
import type { Page } from "../state/page.svelte.ts";
import { shellText } from "../text/shell.ts";

/** Keeps the page on this machine for use without a network, and offers a new version once there is one. */
export function keepOffline(page: Page): void {
  if (!("serviceWorker" in navigator)) return;
  const update = registerSW({
    onOfflineReady: () => toast(shellText[page.settings.language].offlineReady),
    onNeedRefresh: () => {
      const t = shellText[page.settings.language];
      const load = (): void => void page.flush().then(() => update(true));
      toast(t.updateReady, { duration: Infinity, action: { label: t.updateNow, onClick: load } });
    },
  });
}
