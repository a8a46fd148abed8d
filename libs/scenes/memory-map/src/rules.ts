export const systems = ['working', 'declarative', 'nonDeclarative'] as const;
export type System = (typeof systems)[number];

export const structures = ['hippocampus', 'cerebellum', 'amygdala', 'prefrontal'] as const;
export type Structure = (typeof structures)[number];

export const exampleIds = [
  'number',
  'dinner',
  'blink',
  'sum',
  'capital',
  'dog',
  'name',
  'prism',
  'sentence',
  'habit',
  'route',
  'word',
] as const;
export type ExampleId = (typeof exampleIds)[number];

export interface Rule {
  readonly system: System;
  /** The structure of the four that it cannot do without, or null for none of them. */
  readonly needs: Structure | null;
  /** Where that is documented. */
  readonly doi: string;
}

/**
 * The taxonomy of Squire (2004) applied to twelve everyday examples: a map with sharp borders over tissue that has none.
 * What needs none of the four is kept in neocortex (well known facts and words) or in the striatum (habits).
 */
export const rules: Readonly<Record<ExampleId, Rule>> = {
  number: { system: 'working', needs: 'prefrontal', doi: '10.1016/0896-6273(95)90304-6' },
  sum: { system: 'working', needs: 'prefrontal', doi: '10.1146/annurev.neuro.24.1.167' },
  sentence: { system: 'working', needs: 'prefrontal', doi: '10.1016/S0079-7421(08)60452-1' },
  dinner: { system: 'declarative', needs: 'hippocampus', doi: '10.1136/jnnp.20.1.11' },
  name: { system: 'declarative', needs: 'hippocampus', doi: '10.1016/0028-3932(68)90021-3' },
  route: { system: 'declarative', needs: 'hippocampus', doi: '10.1038/nrn726' },
  capital: { system: 'declarative', needs: null, doi: '10.1016/0959-4388(95)80023-9' },
  word: { system: 'declarative', needs: null, doi: '10.1016/j.nlm.2004.06.005' },
  blink: { system: 'nonDeclarative', needs: 'cerebellum', doi: '10.1126/science.8493536' },
  prism: { system: 'nonDeclarative', needs: 'cerebellum', doi: '10.1093/brain/119.4.1183' },
  dog: { system: 'nonDeclarative', needs: 'amygdala', doi: '10.1126/science.7652558' },
  habit: { system: 'nonDeclarative', needs: null, doi: '10.1126/science.273.5280.1399' },
};

/** The examples that no longer work without a structure. */
export const failing = (lesion: Structure | null): readonly ExampleId[] =>
  exampleIds.filter((id) => lesion !== null && rules[id].needs === lesion);

/** Where the reader has put each example so far. */
export type Placement = Readonly<Partial<Record<ExampleId, System>>>;

export const placedRight = (placement: Placement): number =>
  exampleIds.filter((id) => placement[id] === rules[id].system).length;

/** How many of the twelve are predicted rightly: that they fail, or that they still work. */
export const predictedRight = (expected: readonly ExampleId[], lesion: Structure): number =>
  exampleIds.filter((id) => expected.includes(id) === failing(lesion).includes(id)).length;
