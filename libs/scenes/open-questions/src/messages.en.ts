import type { SceneText } from '@engram/scene-kit/static';
import type { QuestionId, State } from './questions.ts';

export interface Text extends SceneText {
  readonly about: string;
  readonly sides: Readonly<Record<State['about'], string>>;
  readonly questions: Readonly<
    Record<QuestionId, { readonly asks: string; readonly known: string; readonly open: string }>
  >;
  readonly known: string;
  readonly open: string;
  readonly sources: string;
  readonly tryIt: string;
  readonly asks: string;
  readonly shown: string;
  readonly summary: (count: number) => string;
  readonly notAdvice: string;
}

export const en: Text = {
  title: 'What we still do not know',
  question: 'Which of these would you want to know first?',
  claim: 'For each question: what is known, what is open, who found it, and where in this article you can try it.',
  takeaway:
    'Brains and networks forget for a similar reason and are cured by similar means; how far the likeness goes is open on almost every line of this list.',
  bridge:
    'Each cure in this article began as an idea about the brain. The way back is just as open: what the cures predict about brains can be tested, and mostly has not been.',
  stillSummary: 'Eleven open questions with their sources.',
  stillSource: 'Every source is linked by its DOI.',
  about: 'Questions about',
  sides: { all: 'everything', brain: 'the brain', network: 'the network', both: 'both' },
  questions: {
    hippocampus: {
      asks: 'Does a memory ever leave the hippocampus for good?',
      known: 'Damage spares remote facts more than recent ones.',
      open: 'Whether rich, personal memories stay dependent on it for life: the two cited theories disagree.',
    },
    trace: {
      asks: 'What is the trace made of?',
      known:
        'Switching on the cells of an engram can call up a memory, even when the strengthening of synapses was blocked.',
      open: 'How much of a memory lies in the strength of synapses, and how much in which cells are connected at all.',
    },
    scaling: {
      asks: 'Does sleep scale synapses down, and does it choose?',
      known:
        'In mice, most contacts between neurons are smaller after sleep than after waking; the largest seem spared.',
      open: 'Whether that is what makes sleep good for memory, and what decides who is spared.',
    },
    protection: {
      asks: 'Do brains protect single synapses as EWC protects single weights?',
      known: 'Some of the spines that grow with learning persist, and go together with lasting skill.',
      open: 'Whether anything in a synapse measures how much a memory depends on it.',
    },
    context: {
      asks: 'Who tells the brain which task it is?',
      known: 'Gating by context holds a hundred tasks when the network is told the context, at test time too.',
      open: 'How a brain finds the context by itself, and how a network could.',
    },
    replay: {
      asks: 'What is replayed: pictures, or thoughts about pictures?',
      known: 'Networks do well when they replay their own hidden activity instead of pictures.',
      open: 'At which level brains replay, what chooses what is replayed, and why so little suffices.',
    },
    general: {
      asks: 'Is there one cure for everything?',
      known: 'Every method fails in some scenario; telling classes apart that were never seen together is the hardest.',
      open: 'Whether a combination exists that works for natural pictures, without stored data and without being told the task.',
    },
    modulators: {
      asks: 'How do a few molecules reach the right synapses?',
      known:
        'Neuromodulators decide whether the same activity strengthens or weakens; a network with such a rule forgot less in its authors’ protocol.',
      open: 'How a signal that is broadcast becomes specific, and how far the rule carries beyond that protocol.',
    },
    plasticity: {
      asks: 'Why do networks lose the ability to learn?',
      known: 'Trained long enough on changing tasks, standard networks learn worse and worse, apart from forgetting.',
      open: 'What keeps a brain plastic for a lifetime, and whether the remedies for networks resemble it.',
    },
    energy: {
      asks: 'How does a brain do it on about twenty watts?',
      known:
        'A brain takes about a fifth of the body’s energy at rest; training large networks takes far more than running one.',
      open: 'What continual learning must cost: how few changes, and how little replay, are enough.',
    },
    ageing: {
      asks: 'What goes first when memory fails with age?',
      known:
        'Loss of synapses accompanies loss of memory in Alzheimer’s disease, and normal ageing changes which synapses persist.',
      open: 'Which changes are cause and which are consequence, and what protects lasting synapses.',
    },
  },
  known: 'Known',
  open: 'Open',
  sources: 'Sources',
  tryIt: 'Try it in this scene',
  asks: 'Question',
  shown: 'Questions shown',
  summary: (count) => `${count} open questions, each with what is known, what is open, its sources and a scene.`,
  notAdvice: 'What is said here about ageing and illness is no medical advice.',
};
