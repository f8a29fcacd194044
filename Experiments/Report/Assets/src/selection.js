// What the reader chose: a reading and a part of the configurations. Everything that draws follows it.
export function createSelection(data) {
  const listeners = [];
  const state = {
    reading: Math.max(0, data.readings.length - 1),
    brushed: null, // configurations that the brushes keep, or null for all
    text: "",
    pair: ["", ""],
  };
  const words = data.configurations.map((c) => c.label.toLowerCase());

  function matches(index) {
    const terms = state.text.toLowerCase().split(/[\s,·]+/).filter(Boolean);
    const label = ` ${words[index].replaceAll(" · ", " ")} `;
    // "latent 16" must not find 160, "lat" must find latent: the last term may be unfinished, numbers are whole.
    return terms.every((term) => (/^[\d.]+$/.test(term) ? label.includes(` ${term} `) : label.includes(term)));
  }

  return {
    state,
    keeps: (index) => (state.brushed === null || state.brushed.has(index)) && matches(index),
    isNarrowed: () => state.brushed !== null || state.text.trim() !== "",
    change(changes) {
      Object.assign(state, changes);
      listeners.forEach((listener) => listener(state));
    },
    follow(listener) {
      listeners.push(listener);
      listener(state);
    },
  };
}
