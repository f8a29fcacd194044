// The address names what is shown: #models?reading=3&filter=latent+16&brush=0:1-2&left=...&right=...
const lists = { pair: ["left", "right"], trials: ["first", "second"], plane: ["across", "up"], heat: ["x", "y"] };

export function startLinks(data, selection) {
  let own = false;

  function read() {
    const [section, query = ""] = location.hash.slice(1).split("?");
    const wanted = new URLSearchParams(query);
    const reading = data.readings.indexOf(Number(wanted.get("reading")));
    const known = (id) => (data.configurations.some((c) => c.id === id) ? id : "");
    if (query === "") return;
    const two = (names) => (names.some((name) => wanted.has(name)) ? names.map((name) => wanted.get(name) ?? "") : null);
    own = true;
    selection.change({
      reading: reading >= 0 ? reading : data.readings.length - 1,
      data: Math.max(0, data.data.indexOf(wanted.get("data") ?? "")),
      text: wanted.get("filter") ?? "",
      brushes: readBrushes(wanted.get("brush"), data),
      pair: lists.pair.map((name) => known(wanted.get(name))),
      trials: two(lists.trials),
      plane: two(lists.plane),
      heat: two(lists.heat),
      drawing: wanted.get("drawing") === "contours" ? "contours" : "cells",
      latent: known(wanted.get("model")),
    });
    own = false;
    // Loaded again, the page stays where the reader was.
    if (performance.getEntriesByType("navigation")[0]?.type !== "reload") document.getElementById(section)?.scrollIntoView();
  }

  read();
  window.addEventListener("hashchange", read);
  selection.follow((state) => {
    if (own) return;
    const wanted = new URLSearchParams();
    if (state.reading !== data.readings.length - 1 && data.readings.length > 0)
      wanted.set("reading", data.readings[state.reading]);
    if (state.data > 0) wanted.set("data", data.data[state.data]);
    if (state.text.trim()) wanted.set("filter", state.text.trim());
    if (state.brushes.length > 0) wanted.set("brush", state.brushes.map(({ axis, from, to }) => `${axis}:${from}~${to}`).join(","));
    for (const [key, names] of Object.entries(lists))
      names.forEach((name, i) => { if (state[key]?.[i]) wanted.set(name, state[key][i]); });
    if (state.drawing !== "cells") wanted.set("drawing", state.drawing);
    if (state.latent) wanted.set("model", state.latent);
    const section = location.hash.slice(1).split("?")[0] || "leaderboard";
    const query = wanted.toString();
    if (query === "" && !location.hash.includes("?")) return;
    history.replaceState(null, "", `#${section}${query ? "?" + query : ""}`);
  });
}

function readBrushes(text, data) {
  return (text ?? "").split(",").flatMap((part) => {
    const found = /^(\d+):([^~]+)~(.+)$/.exec(part);
    if (!found) return [];
    const [axis, from, to] = found.slice(1).map(Number);
    return axis <= data.parameters.length && Number.isFinite(from) && Number.isFinite(to) ? [{ axis, from, to }] : [];
  });
}
