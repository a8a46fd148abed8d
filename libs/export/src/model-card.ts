import type { ModelInfo, RunRecord } from '@engram/contracts';
import type { TrainedModel } from '@engram/experiment';

/** What a person must know before using the model, as Markdown: use, training, results, licence and limits, all from the run's record. */
export function modelCard({ info, networks }: TrainedModel, record: RunRecord): string {
  return [
    `# ${titleOf(info)}`,
    `Trained by Engram ${info.software.version}${info.software.commit === null ? '' : ` (${info.software.commit})`} with seed ${info.seed} on the engine ${info.engine.name} ${info.engine.variant}.`,
    '## Use',
    useOf(info, networks.weights.length),
    '## Training',
    trainingOf(info),
    '## Results',
    resultsOf(record),
    '## Licence',
    `Data: ${info.data.name} (${info.data.variant}), ${info.data.licence}. The weights are derived from these data, so its terms may apply to them. Engram itself is under the MIT licence.`,
    '## Limits',
    limitsOf(info, record)
      .map((limit) => `- ${limit}`)
      .join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

const titleOf = ({ spec, data }: ModelInfo): string =>
  `${data.name}, ${spec.stream.tasks} tasks (${spec.stream.kind}), ${spec.scenario} scenario, ${strategiesOf(spec)}`;

const strategiesOf = ({ strategies }: ModelInfo['spec']): string =>
  strategies.length === 0 ? 'plain training' : strategies.map(({ name }) => name).join(' + ');

function useOf(info: ModelInfo, networks: number): string {
  const size = info.input.shape.reduce((product, side) => product * side, 1);
  const several = networks > 1 || info.tasks.some(({ gates }) => gates !== null);
  return [
    `Input: rows of ${size} values (${info.input.shape.join(' × ')}, flattened row by row), each raw value multiplied by ${info.input.scale}.`,
    info.spec.stream.kind === 'permuted'
      ? 'Each task orders the values in its own way, drawn from the seed; a row has to be permuted in the same way first.'
      : '',
    `Output: ${info.outputs} logits without softmax. The answer to a task is the largest of the units listed for it.`,
    several ? 'The tasks have networks or gates of their own: the task must be known, and its own model be used.' : '',
    '',
    '| task | classes | units compared | unit = class |',
    '| ---- | ------- | -------------- | ------------ |',
    ...info.tasks.map(
      ({ name, units, classes }, k) =>
        `| ${k + 1} | ${cell(name)} | ${units.from} to ${units.to - 1} | ${classes.map((own) => `${own.unit} = ${cell(own.name)}`).join(', ')} |`,
    ),
  ]
    .filter((line, i, all) => line !== '' || all[i + 1]?.startsWith('|'))
    .join('\n');
}

/** Names of classes come from the user's folders. */
const cell = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\|<>`]/g, (c) => `\\${c}`);

const trainingOf = ({ spec, specHash, data }: ModelInfo): string =>
  [
    `- Network: ${[...spec.model.hidden].join(', ') || 'no'} hidden units (ReLU), linear output`,
    `- Optimizer: ${spec.optimizer.kind}, learning rate ${spec.optimizer.learningRate}`,
    `- ${spec.training.iterations} steps of ${spec.training.batchSize} examples for each task`,
    `- Strategies: ${strategiesOf(spec)}`,
    `- Data: SHA-256 \`${data.hash}\``,
    `- Specification: SHA-256 \`${specHash}\``,
    '',
    '```json',
    JSON.stringify(spec, null, 2),
    '```',
  ].join('\n');

function resultsOf({ matrix, summary, weightsHash }: RunRecord): string {
  const learned = matrix.slice(1);
  if (learned.length === 0) return 'No task was learned.';
  const tasks = matrix[0]?.length ?? 0;
  const numbers = (row: readonly number[]): string => row.map((value) => (100 * value).toFixed(1)).join(' | ');
  return [
    'Test accuracy in percent on each task (columns) after learning each task (rows):',
    '',
    `| after | ${Array.from({ length: tasks }, (_, k) => `task ${k + 1}`).join(' | ')} |`,
    `| ----- | ${Array.from({ length: tasks }, () => '---:').join(' | ')} |`,
    ...learned.map((row, i) => `| ${i + 1} | ${numbers(row)} |`),
    '',
    `Average accuracy ${share(summary.averageAccuracy)}, forgetting ${share(summary.forgetting)}, backward transfer ${share(summary.backwardTransfer)}.`,
    '',
    `Weights: SHA-256 \`${weightsHash}\`.`,
  ].join('\n');
}

const share = (value: number | null): string => (value === null ? 'not defined here' : `${(100 * value).toFixed(1)} %`);

function limitsOf(info: ModelInfo, { status }: RunRecord): readonly string[] {
  const { scenario, stream } = info.spec;
  return [
    ...(status === 'finished'
      ? []
      : [`The run was ${status} after ${info.tasksLearned} of ${stream.tasks} tasks; the others were not learned.`]),
    'One seed. How much results differ between seeds is not known from this run.',
    'It was trained for research on forgetting, on the data named above only; nothing is known about other data.',
    ...(scenario === 'task' ? ['Accuracy was measured with the task given; without it, it is lower.'] : []),
    'The same seed gives the same weights on the same engine and variant only.',
  ];
}
