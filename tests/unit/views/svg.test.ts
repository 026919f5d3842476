import { expect, test } from "vitest";
import { draw } from "../../../src/views/registry.ts";
import { svgText } from "../../../src/views/svg.ts";
import { pageTheme, themes } from "../../../src/views/theme.ts";
import { customerMap, tenureMap } from "../../output/embedding-specs.ts";
import { classifiers, contracts, manyCurves, training } from "../../output/specs.ts";

const options = { width: 640, language: "en" } as const;

/** Whether every element is closed in order, every attribute quoted and every `&` the start of an entity. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const element = /<(\/?)([a-z]+)((?:\s+[A-Za-z][A-Za-z0-9-]*="[^"<]*")*)\s*(\/?)>/y;
  for (let at = 0; at < xml.length;) {
    if (xml[at] !== "<") {
      at++;
      continue;
    }
    element.lastIndex = at;
    const found = element.exec(xml);
    if (!found) return false;
    if (found[1]) {
      if (open.pop() !== found[2]) return false;
    } else if (!found[4]) open.push(found[2]!);
    at = element.lastIndex;
  }
  return open.length === 0 && !/&(?!(amp|lt|gt|quot);)/.test(xml);
}

test("the check of well-formed text can fail", () => {
  expect(wellFormed("<a><b></a></b>")).toBe(false);
  expect(wellFormed('<a b="<"/>')).toBe(false);
  expect(wellFormed("<a>R & D</a>")).toBe(false);
});

test.each(["light", "dark"] as const)("every view is well-formed in the %s theme", (theme) => {
  const maps = [customerMap(), customerMap(6000), tenureMap()];
  for (const spec of [contracts(), classifiers(), training(4, 9, "running"), manyCurves(50), ...maps])
    expect(wellFormed(svgText(draw(spec, options), theme))).toBe(true);
});

test("marks of XML in a person's words are escaped, and characters it cannot hold are replaced", () => {
  const spec = { ...manyCurves(2, () => `<&" \u0001\ud800`), title: "R&D <b>" };
  const text = svgText(draw(spec, options), "light");
  expect(wellFormed(text)).toBe(true);
  expect(text).toContain("<title>R&amp;D &lt;b&gt;</title>");
  expect(text).toContain("&lt;&amp;&quot; \ufffd\ufffd</text>");
});

test("a picture names itself and its figures for those who do not see it", () => {
  const scene = draw(contracts(), options);
  const text = svgText(scene, "light");
  expect(text).toContain("<title>Retention by contract</title>");
  expect(text).toContain(`<desc>${scene.description}</desc>`);
});

test("an exported picture needs no style sheet, and the page's drawing follows the page's theme", () => {
  expect(svgText(draw(contracts(), options), "dark")).not.toContain("var(");
  for (const [role, colour] of Object.entries(pageTheme.colour)) expect(colour).toContain(`var(--${role}`);
  expect(Object.keys(themes.dark.colour)).toEqual(Object.keys(themes.light.colour));
});
