// Reads calendars with the npm package `ical.js` and prints what it found as JSON, one object a file.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function plain(property) {
  const value = property.getFirstValue();
  return value instanceof ICAL.Time ? value.toString() : value;
}

function properties(component) {
  return Object.fromEntries(component.getAllProperties().map((property) => [property.name.toUpperCase(), plain(property)]));
}

for (const path of process.argv.slice(2)) {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  const calendar = new ICAL.Component(ICAL.parse(text));
  const components = calendar.getAllSubcomponents();
  const found = {
    path,
    calendar: properties(calendar),
    components: components.map((component) => component.name.toUpperCase()),
    events: components.map(properties),
  };
  console.log(JSON.stringify(found));
}
