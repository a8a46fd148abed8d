import { expect, it } from 'vitest';
import { liveScenes } from './live-scenes.ts';
import { stillScenes } from './still-scenes.tsx';

it('has every scene both running and still, under the name it gives itself', async () => {
  expect(Object.keys(liveScenes).sort()).toEqual([...Object.keys(stillScenes), 'lab'].sort());
  for (const [name, load] of Object.entries(liveScenes)) expect((await load()).scene.id).toBe(name);
});
