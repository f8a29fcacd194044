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
    const label = ` ${words[index].replaceAll(" · ", " ")} `;
    return phrases(state.text).every((phrase) => (/\d$/.test(phrase) ? label.includes(` ${phrase} `) : label.includes(phrase)));
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

// "latent 1 conv" is the phrases "latent 1" and "conv": a number belongs to the name before it, and is whole (1 is not 16).
function phrases(text) {
  const found = [];
  for (const term of text.toLowerCase().split(/[\s,·]+/).filter(Boolean)) {
    const before = found.at(-1);
    if (/^[\d.e+-]+$/.test(term) && before && !/\d$/.test(before)) found[found.length - 1] = `${before} ${term}`;
    else found.push(term);
  }
  return found;
}
