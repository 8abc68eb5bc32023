// Chromium, warm: one browser and one page for all: node chromium.mjs PAGES OUT CHROMIUM TAGGED
import { createRequire } from "node:module";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [pages, out, executablePath, tagged] = process.argv.slice(2);
const { chromium } = createRequire(join(process.env.NODE_TOOLS, "node_modules/"))("playwright-core");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const files = readdirSync(pages).filter((name) => name.endsWith(".html")).sort();

async function print(name) {
  await page.goto(pathToFileURL(join(pages, name)).href);
  await page.pdf({ path: join(out, basename(name, ".html") + ".pdf"), preferCSSPageSize: true, printBackground: true, tagged: tagged === "1" });
}

await print(files[0]);
console.log("READY");
for (const name of files) await print(name);
console.log("DONE");
process.stdin.resume();
process.stdin.on("end", async () => {
  await browser.close();
  process.exit(0);
});
