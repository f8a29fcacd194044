// What the reader chose: a reading and a part of the configurations. Everything that draws follows it.
export function createSelection(data) {
  const listeners = [];
  const state = {
    reading: Math.max(0, data.readings.length - 1),
    data: 0, // the data set; configurations of different ones are never drawn together
    brushes: [], // parts of the axes of the parallel coordinates that must be passed
    text: "",
    pair: ["", ""],
    trials: null, // the two trials side by side, or null for the first two
    plane: null, // the two measures, or null for those of the page
    latent: "", // the model whose latent space is shown, or none for the first
    drawing: "cells", // of two parameters: cells or contours
    heat: null, // the two parameters, or null for those of the page
  };
  const words = data.configurations.map((c) => c.label.toLowerCase());

  function matches(index) {
    const label = ` ${words[index].replaceAll(" · ", " ")} `;
    return phrases(state.text).every((phrase) => (/\d$/.test(phrase) ? label.includes(` ${phrase} `) : label.includes(phrase)));
  }

  function isOfData(index) {
    return (data.configurations[index].data ?? 0) === state.data;
  }

  // Brushes on one axis are alternatives; every brushed axis must be passed.
  function passes(index) {
    const axes = new Set(state.brushes.map((brush) => brush.axis));
    return [...axes].every((axis) => {
      const { values, readings } = data.configurations[index];
      const value = axis < values.length ? values[axis] : readings[state.reading]?.mean;
      return state.brushes.some((brush) => brush.axis === axis && value >= brush.from && value <= brush.to);
    });
  }

  return {
    state,
    keeps: (index) => isOfData(index) && passes(index) && matches(index),
    isOfData,
    isNarrowed: () => state.brushes.length > 0 || state.text.trim() !== "",
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
