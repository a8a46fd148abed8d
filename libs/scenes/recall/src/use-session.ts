import { useEffect, useReducer } from 'react';
import { readHistory, sessionReducer } from './session.ts';
import type { Action, Session } from './session.ts';

const key = 'engram.recall';
const start: Session = { step: { kind: 'rest' }, history: null };

/** The reader's session, kept in this browser between visits if it allows that. */
export function useSession(): readonly [Session, (action: Action) => void] {
  const [session, dispatch] = useReducer(sessionReducer, start);
  useEffect(() => {
    dispatch({ type: 'load', history: readHistory(attempt(() => localStorage.getItem(key))) });
  }, []);
  const act = (action: Action): void => {
    dispatch(action);
    const { history } = sessionReducer(session, action);
    attempt(() =>
      history === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(history)),
    );
  };
  return [session, act];
}

/** Storage may be full or forbidden: then the session lasts as long as the page. */
function attempt<Result>(use: () => Result): Result | null {
  try {
    return use();
  } catch {
    return null;
  }
}
