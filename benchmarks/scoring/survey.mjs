// Evaluates the survey that compare.py wrote, sheet by sheet, and prints what it took.
// Reads {survey, sheets, rounds} from stdin, writes {reused, fresh, scores} in microseconds.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.cwd()}/`);
const { Model } = require("survey-core");
const { survey, sheets, rounds } = JSON.parse(readFileSync(0, "utf8"));

// What an application has to do itself: SurveyJS knows no weighted causes.
const signals = new Map();
for (const page of survey.pages) {
  for (const element of page.elements) signals.set(element.name, element.scoring);
}

const score = (model) => {
  const sums = new Map();
  for (const question of model.getAllQuestions(true)) {
    const scoring = signals.get(question.name);
    if (!scoring) continue;
    const value = question.value;
    const signal = value === undefined ? scoring.unknown : scoring.of(value);
    for (const [cause, weight] of scoring.weights) {
      const sum = sums.get(cause) || [0, 0];
      sums.set(cause, [sum[0] + weight * signal, sum[1] + weight]);
    }
  }
  return Math.max(...[...sums.values()].map(([points, weight]) => (100 * points) / weight));
};

for (const scoring of signals.values()) {
  if (!scoring) continue;
  const table = new Map(Object.entries(scoring.signals));
  scoring.of = (value) =>
    Array.isArray(value)
      ? Math.max(...value.map((each) => table.get(String(each)) ?? 0))
      : (table.get(String(value)) ?? scoring.unknown);
}

const timed = (evaluate, some, times) => {
  const took = [];
  for (let round = 0; round < times; round += 1) {
    const start = process.hrtime.bigint();
    for (const sheet of some) evaluate(sheet);
    took.push(Number(process.hrtime.bigint() - start) / 1000 / some.length);
  }
  return Math.min(...took);
};

const { pages, ...rest } = survey;
const plain = {
  ...rest,
  pages: pages.map((page) => ({
    ...page,
    elements: page.elements.map(({ scoring, ...element }) => element),
  })),
};
const shared = new Model(plain);
const reused = timed((sheet) => {
  shared.data = sheet;
  return score(shared);
}, sheets, rounds);
// Models are heavy: hundreds of them at once fill the heap.
const fresh = timed((sheet) => {
  const model = new Model(plain);
  model.data = sheet;
  const result = score(model);
  model.dispose();
  return result;
}, sheets.slice(0, 30), 1);
const visible = sheets.map((sheet) => {
  shared.data = sheet;
  return shared.getAllQuestions(true).filter((q) => q.isVisible).length;
});
process.stdout.write(JSON.stringify({ reused, fresh, visible }));
