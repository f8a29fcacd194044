// The address names what is shown: #models?reading=3&filter=latent+16&left=...&right=...
export function startLinks(data, selection) {
  let own = false;

  function read() {
    const [section, query = ""] = location.hash.slice(1).split("?");
    const wanted = new URLSearchParams(query);
    const reading = data.readings.indexOf(Number(wanted.get("reading")));
    const known = (id) => (data.configurations.some((c) => c.id === id) ? id : "");
    if (query !== "") {
      own = true;
      selection.change({
        reading: reading >= 0 ? reading : data.readings.length - 1,
        text: wanted.get("filter") ?? "",
        pair: [known(wanted.get("left")), known(wanted.get("right"))],
      });
      own = false;
      document.getElementById(section)?.scrollIntoView();
    }
  }

  read();
  window.addEventListener("hashchange", read);
  selection.follow((state) => {
    if (own) return;
    const wanted = new URLSearchParams();
    if (state.reading !== data.readings.length - 1 && data.readings.length > 0)
      wanted.set("reading", data.readings[state.reading]);
    if (state.text.trim()) wanted.set("filter", state.text.trim());
    if (state.pair[0]) wanted.set("left", state.pair[0]);
    if (state.pair[1]) wanted.set("right", state.pair[1]);
    const section = location.hash.slice(1).split("?")[0] || "leaderboard";
    const query = wanted.toString();
    if (query === "" && !location.hash.includes("?")) return;
    history.replaceState(null, "", `#${section}${query ? "?" + query : ""}`);
  });
}
