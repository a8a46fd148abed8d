import { z } from 'zod';

const strength = z.number().nonnegative();
const fraction = z.number().min(0).max(1);

/** How the diagonal Fisher information is estimated; the choices differ by orders of magnitude in λ (see the README). */
export const FisherSpec = z
  .strictObject({
    estimator: z
      .enum(['exact', 'sampled', 'predicted', 'empirical', 'batched'])
      .describe(
        'exact: expectation over the model’s own labels; sampled: one label drawn from them; predicted: the most likely one; empirical: the true one; batched: square of a mini-batch’s mean gradient',
      ),
    examples: z.union([z.int().positive(), z.literal('all')]).describe('training examples of the task that are used'),
    batchSize: z.int().positive().describe('rows per pass; it changes the result only for "batched"'),
  })
  .meta({ id: 'FisherSpec' });

export const JointSpec = z
  .strictObject({ name: z.literal('joint') })
  .describe('All tasks shuffled together, for as many steps: what the same network can reach (upper target)')
  .meta({ id: 'JointSpec' });

export const CumulativeSpec = z
  .strictObject({ name: z.literal('cumulative') })
  .describe('Each task trained on together with all before it, nothing thrown away (upper target)')
  .meta({ id: 'CumulativeSpec' });

export const L2Spec = z
  .strictObject({
    name: z.literal('l2'),
    lambda: strength.describe('λ in λ/2 Σ (θ − θ*)²'),
    anchors: z.enum(['all', 'last']).describe('pull to the weights after every past task, or after the last one only'),
  })
  .describe('Pulls every weight back equally (the comparison of Kirkpatrick et al. 2017)')
  .meta({ id: 'L2Spec' });

export const EwcSpec = z
  .strictObject({
    name: z.literal('ewc'),
    lambda: strength.describe('λ in λ/2 Σ_k Σ_i F_k,i (θ_i − θ*_k,i)²'),
    fisher: FisherSpec,
  })
  .describe('Elastic weight consolidation (Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114)')
  .meta({ id: 'EwcSpec' });

export const OnlineEwcSpec = z
  .strictObject({
    name: z.literal('online-ewc'),
    lambda: strength.describe('λ in λ/2 Σ_i γ F̃_i (θ_i − θ*_i)²'),
    decay: fraction.describe('γ in F̃ ← γ F̃ + F'),
    fisher: FisherSpec,
  })
  .describe('EWC with one running Fisher and the latest anchor (Schwarz et al. 2018)')
  .meta({ id: 'OnlineEwcSpec' });

export const SiSpec = z
  .strictObject({
    name: z.literal('si'),
    c: strength.describe('c in c Σ_i Ω_i (θ_i − θ*_i)²'),
    damping: z.number().positive().describe('ξ in Ω ← Ω + ω / (Δ² + ξ)'),
    gradient: z
      .enum(['data', 'total'])
      .describe('gradient in the path integral: of the data loss, or with the penalty'),
    negative: z.enum(['keep', 'clamp']).describe('what happens to a negative path integral'),
  })
  .describe('Synaptic intelligence (Zenke, Poole & Ganguli 2017, arXiv:1703.04200)')
  .meta({ id: 'SiSpec' });

export const XdgSpec = z
  .strictObject({
    name: z.literal('xdg'),
    gatedFraction: fraction.describe('share of hidden units closed for a task'),
    kind: z
      .enum(['random', 'partial', 'split'])
      .describe('random: open or closed by chance; partial: closed units pass half; split: disjoint sub-networks'),
    subnetworks: z.int().positive().describe('number of sub-networks of kind "split"'),
    position: z
      .enum(['after-activation', 'before-bias'])
      .describe('after the ReLU as published, or before the bias as in van de Ven’s code'),
  })
  .describe('Context-dependent gating (Masse, Grant & Freedman 2018, doi:10.1073/pnas.1803839115)')
  .meta({ id: 'XdgSpec' });

export const ErSpec = z
  .strictObject({
    name: z.literal('er'),
    buffer: z
      .enum(['reservoir', 'class-balanced', 'per-class'])
      .describe(
        'reservoir: every past example equally likely; class-balanced: the capacity shared by the classes seen; per-class: a fixed number of each class, chosen when its task ends',
      ),
    capacity: z.int().positive().describe('stored examples in all; of each class for "per-class"'),
    batchSize: z.union([z.int().positive(), z.literal('same')]).describe('replayed examples per step'),
    weighting: z
      .enum(['by-task', 'equal'])
      .describe('by-task: 1/t for the present, 1 − 1/t for the past; equal: every example counts the same'),
  })
  .describe('Experience replay (Chaudhry et al. 2019, arXiv:1902.10486)')
  .meta({ id: 'ErSpec' });

const replayBatch = z.union([z.int().positive(), z.literal('same')]).describe('replayed examples per step');

export const LwfSpec = z
  .strictObject({
    name: z.literal('lwf'),
    weighting: z
      .enum(['per-task', 'once', 'by-task'])
      .describe(
        'per-task: the distillation losses of all past tasks are added; once: their mean is added; by-task: 1/t for the present, 1 − 1/t for the past',
      ),
  })
  .describe('Learning without forgetting (Li & Hoiem 2017, doi:10.1109/TPAMI.2017.2773081)')
  .meta({ id: 'LwfSpec' });

export const AgemSpec = z
  .strictObject({
    name: z.literal('agem'),
    capacity: z.int().positive().describe('stored examples of each class of a task'),
    batchSize: replayBatch,
  })
  .describe('Averaged gradient episodic memory (Chaudhry et al. 2019, arXiv:1812.00420)')
  .meta({ id: 'AgemSpec' });

const dark = {
  alpha: strength.describe('α, the weight of the stored logits'),
  buffer: z
    .enum(['reservoir', 'class-balanced'])
    .default('reservoir')
    .describe('reservoir: every past example equally likely; class-balanced: the capacity shared by the classes seen'),
  capacity: z.int().positive().describe('stored examples in all'),
  batchSize: replayBatch,
};

export const DerSpec = z
  .strictObject({ name: z.literal('der'), ...dark })
  .describe('Dark experience replay (Buzzega et al. 2020, arXiv:2004.07211)')
  .meta({ id: 'DerSpec' });

export const DerppSpec = z
  .strictObject({
    name: z.literal('derpp'),
    ...dark,
    beta: z.number().positive().describe('β, the weight of the stored labels'),
  })
  .describe('Dark experience replay with labels, DER++ (Buzzega et al. 2020, arXiv:2004.07211)')
  .meta({ id: 'DerppSpec' });

const generated = {
  latent: z.int().positive().max(10_000).describe('units of the generator’s latent code'),
  batchSize: replayBatch,
  distill: z.boolean().describe('learn replayed inputs with the earlier network’s probabilities instead of its answer'),
  values: z
    .enum(['fractions', 'real'])
    .optional()
    .describe(
      'what is generated: fractions, pixels between 0 and 1 (Bernoulli, the default); real, features (Gaussian of variance 1)',
    ),
};

export const DgrSpec = z
  .strictObject({ name: z.literal('dgr'), ...generated })
  .describe('Deep generative replay (Shin et al. 2017, arXiv:1705.08690) from a variational autoencoder')
  .meta({ id: 'DgrSpec' });

export const BirSpec = z
  .strictObject({
    name: z.literal('bir'),
    ...generated,
    feedback: z.boolean().describe('the network’s own hidden layers are the generator’s encoder'),
    conditional: z.boolean().describe('one Gaussian of the latent code for each class'),
    gatedFraction: fraction.describe('share of the decoder’s hidden units closed for a class or task; 0: no gates'),
    gateBy: z.enum(['class', 'task']).describe('what the decoder’s gates follow'),
  })
  .describe('Brain-inspired replay (van de Ven, Siegelmann & Tolias 2020, doi:10.1038/s41467-020-17866-2)')
  .meta({ id: 'BirSpec' });

export const NacaSpec = z
  .strictObject({
    name: z.literal('naca'),
    neuron: z.enum(['sigmoid', 'spiking']).describe('one value per unit, or leaky spiking units'),
    mask: z
      .enum(['batch', 'row', 'none'])
      .describe(
        'which units take part: chosen by the mean of the batch (as published; with one class per batch this tells the class), by each row alone, or all',
      ),
    maskMargin: strength.describe('δ: units whose input lies less than this below the largest take part'),
    mean: z.number().describe('inputs become (x − mean) / deviation'),
    deviation: z.number().positive(),
    steps: z.int().positive().max(1000).describe('time steps of spiking units'),
  })
  .describe('Neuromodulation-assisted credit assignment (Zhang et al. 2023, doi:10.1126/sciadv.adi2947)')
  .meta({ id: 'NacaSpec' });

export const IcarlSpec = z
  .strictObject({
    name: z.literal('icarl'),
    capacity: z.int().positive().describe('exemplars of each class, chosen by herding'),
  })
  .describe('iCaRL: exemplars, distillation, nearest mean of exemplars (Rebuffi et al. 2017, arXiv:1611.07725)')
  .meta({ id: 'IcarlSpec' });

export const GenerativeClassifierSpec = z
  .strictObject({
    name: z.literal('generative-classifier'),
    hidden: z
      .array(z.int().positive().max(20_000))
      .max(20)
      .readonly()
      .describe('hidden layers of each class’s encoder'),
    latent: z.int().positive().max(10_000).describe('units of each latent code'),
    samples: z.int().positive().max(100_000).describe('samples of the code from which a likelihood is estimated'),
  })
  .describe('A small generator for each class; the likeliest one answers (van de Ven et al. 2021, arXiv:2104.10093)')
  .meta({ id: 'GenerativeClassifierSpec' });

export const SldaSpec = z
  .strictObject({
    name: z.literal('slda'),
    shrinkage: fraction.describe('ε: how much of the identity is mixed into the covariance'),
  })
  .describe('Streaming linear discriminant analysis (Hayes & Kanan 2020, arXiv:1909.01520)')
  .meta({ id: 'SldaSpec' });

export const NcmSpec = z
  .strictObject({ name: z.literal('ncm') })
  .describe('Nearest class mean of the inputs (Mensink et al. 2013, doi:10.1109/TPAMI.2013.83)')
  .meta({ id: 'NcmSpec' });

export const SleepSpec = z
  .strictObject({
    name: z.literal('sleep'),
    downscaling: z
      .enum(['by-importance', 'homeostatic', 'none'])
      .describe(
        'by-importance: weights shrink the more the less they matter; homeostatic: units with much input weight shrink; none',
      ),
    strength: fraction.describe('α: by how much the least important weights shrink'),
    ceiling: z.number().positive().describe('largest norm of a unit’s input weights, in means of its layer'),
    replaySteps: z.int().nonnegative().max(1_000_000).describe('steps on replayed rows alone after each task'),
    batchSize: z.int().positive().max(100_000).describe('rows of such a step'),
  })
  .describe('A rest after each task that scales synapses down and replays; this project’s own, not published')
  .meta({ id: 'SleepSpec' });

export const SeparateNetworksSpec = z
  .strictObject({ name: z.literal('separate-networks') })
  .describe('A fresh network for each task: no interference and no sharing')
  .meta({ id: 'SeparateNetworksSpec' });

/** One strategy with all its settings. A list of them is a combination; the empty list is plain training. */
export const StrategySpec = z
  .discriminatedUnion('name', [
    JointSpec,
    CumulativeSpec,
    L2Spec,
    EwcSpec,
    OnlineEwcSpec,
    SiSpec,
    XdgSpec,
    ErSpec,
    LwfSpec,
    AgemSpec,
    DerSpec,
    DerppSpec,
    DgrSpec,
    BirSpec,
    IcarlSpec,
    GenerativeClassifierSpec,
    SldaSpec,
    NcmSpec,
    NacaSpec,
    SleepSpec,
    SeparateNetworksSpec,
  ])
  .meta({ id: 'StrategySpec' });

export type FisherSpec = z.infer<typeof FisherSpec>;
export type StrategySpec = z.infer<typeof StrategySpec>;
export type StrategyName = StrategySpec['name'];

/** Every strategy's name, in the order in which tables list them. */
export const strategyNames: readonly StrategyName[] = StrategySpec.options.map((option) => option.shape.name.value);
