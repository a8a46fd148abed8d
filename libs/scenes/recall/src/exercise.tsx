import type { Format } from '@engram/scene-kit/static';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { isRight } from './answers.ts';
import type { Text } from './messages.en.ts';
import { pairCount } from './session.ts';
import type { Action, Plan, Session } from './session.ts';

interface ExerciseProps {
  readonly session: Session;
  readonly act: (action: Action) => void;
  readonly seed: number;
  readonly plan: Plan;
  readonly text: Text;
  readonly format: Format;
}

/** What the reader does: studies two lists, then recalls, as often as they like. No clock is running. */
export function Exercise(props: ExerciseProps): ReactNode {
  const { session, plan, text } = props;
  const { step, history } = session;
  switch (step.kind) {
    case 'rest':
      return <Rest {...props} />;
    case 'first':
    case 'second': {
      const list = plan[step.kind];
      const pair = text.pairs[list[step.at] ?? 0];
      return pair === undefined ? null : (
        <Card
          {...props}
          key={step.kind}
          instruction={step.kind === 'first' ? text.instruction : text.secondInstruction}
          cue={pair.cue}
          partner={step.kind === 'first' ? pair.target : pair.rival}
          place={text.pairOf(step.at + 1, list.length)}
        />
      );
    }
    case 'test': {
      const pair = plan.test(history?.tests.length ?? 0)[step.at] ?? 0;
      return <Ask {...props} key={step.at} pair={pair} place={text.pairOf(step.at + 1, pairCount)} />;
    }
  }
}

const minutesSince = (since: number): number => Math.max(0, (Date.now() - since) / 60_000);

function Rest({ session, act, text, format }: ExerciseProps): ReactNode {
  const { history } = session;
  const tests = history?.tests.length ?? 0;
  return (
    <>
      {history === null ? null : <p>{text.waiting(format.number(minutesSince(history.studiedAt), 0))}</p>}
      <div className="scene-buttons">
        {history === null ? null : (
          <button type="button" className="primary" data-action="test" onClick={() => act({ type: 'test' })}>
            {tests === 0 ? text.testNow : text.testAgain}
          </button>
        )}
        <button
          type="button"
          className={history === null ? 'primary' : undefined}
          data-action="study"
          onClick={() => act({ type: 'study' })}
        >
          {history === null ? text.begin : text.beginAgain}
        </button>
        {history === null ? null : (
          <button type="button" data-action="erase" onClick={() => act({ type: 'erase' })}>
            {text.erase}
          </button>
        )}
      </div>
      <p>
        <small>{text.privacy}</small>
      </p>
    </>
  );
}

interface CardProps extends ExerciseProps {
  readonly instruction: string;
  readonly cue: string;
  readonly partner: string;
  readonly place: string;
}

/** One pair to study. The button keeps the focus from pair to pair, and each pair is read out. */
function Card({ act, seed, text, instruction, cue, partner, place }: CardProps): ReactNode {
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <div className="recall-card">
      <p>{instruction}</p>
      <p role="status" data-pair="">
        <small>{place}</small>
        <br />
        <strong>
          {cue} – {partner}
        </strong>
      </p>
      <button
        ref={next}
        type="button"
        className="primary"
        data-action="next"
        onClick={() => act({ type: 'next', now: Date.now(), seed })}
      >
        {text.next}
      </button>
    </div>
  );
}

interface AskProps extends ExerciseProps {
  readonly pair: number;
  readonly place: string;
}

/** One cue to answer. */
function Ask({ act, text, pair, place }: AskProps): ReactNode {
  const [answer, setAnswer] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const { cue = '', target = '' } = text.pairs[pair] ?? {};
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    act({ type: 'answer', pair, isRight: isRight(answer, target), now: Date.now() });
  };
  return (
    <form className="recall-card" onSubmit={submit}>
      <p>
        {text.testInstruction} <small>{place}</small>
      </p>
      <label>
        {text.whatWent(cue)}{' '}
        <input
          ref={field}
          type="text"
          name="answer"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={answer}
          onChange={({ target: { value } }) => setAnswer(value)}
        />
      </label>{' '}
      <button type="submit" className="primary" data-action="answer">
        {text.submit}
      </button>
    </form>
  );
}
