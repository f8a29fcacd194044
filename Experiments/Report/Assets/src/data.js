// The numbers that came with the page.
export function readData() {
  return JSON.parse(document.getElementById("report-data").textContent);
}

const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 5, useGrouping: false });

export function format(value) {
  return value === null || value === undefined ? "–" : digits.format(value).replace("-", "−");
}

export function estimate(standing) {
  return standing.half === null ? format(standing.mean) : `${format(standing.mean)} ± ${format(standing.half)}`;
}

export function withUnit(label, unit) {
  return unit ? `${label} (${unit})` : label;
}
