// Opens a page in a headless browser, light, dark, narrow and printed, and prints what it saw as JSON.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [browserPath, file, screenshots] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "mmreview-browser-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: browserPath,
  headless: true,
  viewport: { width: 1100, height: 900 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const seen = { console: [], requests: [], dialogs: 0 };
try {
  const page = await context.newPage();
  page.on("console", message => seen.console.push(message.text()));
  page.on("pageerror", error => seen.console.push(String(error)));
  page.on("request", request => seen.requests.push(request.url()));
  page.on("dialog", dialog => { seen.dialogs++; return dialog.dismiss(); });
  await page.goto(file.startsWith("http://") ? file : pathToFileURL(file).href);
  const look = () => page.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.body).color,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  const shoot = async name => screenshots && page.screenshot({ path: join(screenshots, name + ".png"), fullPage: true });
  seen.light = await look();
  await shoot("light");
  await page.emulateMedia({ colorScheme: "dark" });
  seen.dark = await look();
  await shoot("dark");
  await page.emulateMedia({ colorScheme: "light", media: "print" });
  seen.print = await look();
  if (screenshots) await page.pdf({ path: join(screenshots, "print.pdf"), format: "A4" });
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 390, height: 800 });
  seen.narrow = await look();
  await shoot("narrow");
  seen.text = await page.evaluate(() => document.body.innerText);
  seen.headings = await page.evaluate(() => [...document.querySelectorAll("h3")].map(heading => heading.textContent));
  seen.marks = await page.evaluate(() => [...document.querySelectorAll("mark")].map(mark => mark.textContent));
  seen.brokenLinks = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")].filter(link => !document.querySelector(link.getAttribute("href"))).length);
  seen.elements = await page.evaluate(() => [...new Set([...document.querySelectorAll("*")].map(element => element.localName))].sort());
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(seen));
