import { decodeLink, encodeLink, hideFlags, HostProvider } from '@engram/scene-kit';
import type { SceneHost, WorkerLike } from '@engram/scene-kit';
import { locales } from '@engram/scene-kit/static';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { liveScenes } from '../scenes/live-scenes.ts';

/** Where the training worker is, seen from this script, and the style of scenes; the build fills them in. */
declare const trainingWorker: string;
declare const sceneStyles: string;

/**
 * `<engram-scene name="ewc" lang="ko" hide="claim,share" state="1.…">`: a scene in any web page. It draws in a shadow tree
 * of its own, keeps the reader's settings in its `state`, and asks nothing of the page but this script.
 */
class EngramScene extends HTMLElement {
  static readonly observedAttributes = ['name', 'lang', 'hide'];
  private root: Root | undefined;

  connectedCallback(): void {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    shadow.innerHTML = `<style>${sceneStyles}</style><div></div>`;
    const place = shadow.querySelector('div');
    if (place !== null) this.root = createRoot(place);
    void this.draw();
  }

  disconnectedCallback(): void {
    this.root?.unmount();
    this.root = undefined;
  }

  attributeChangedCallback(): void {
    if (this.root !== undefined) void this.draw();
  }

  private async draw(): Promise<void> {
    const name = this.getAttribute('name') ?? '';
    const load = liveScenes[name];
    if (load === undefined) {
      this.root?.render(<p>{`There is no scene "${name}". Choose from ${Object.keys(liveScenes).join(', ')}.`}</p>);
      return;
    }
    const { scene } = await load();
    // another language is another host: the scene begins again with the settings it had
    this.root?.render(
      <HostProvider value={this.host()} key={this.lang}>
        <scene.Live />
      </HostProvider>,
    );
  }

  private host(): SceneHost {
    const locale = locales.find((known) => this.lang.startsWith(known)) ?? 'en';
    const asked = this.getAttribute('hide')?.split(',') ?? [];
    return {
      locale,
      heading: 'h2',
      hide: new Set(hideFlags.filter((flag) => asked.includes(flag))),
      linked: decodeLink(this.getAttribute('state')),
      keep: (scene, state) => this.setAttribute('state', encodeLink({ [scene]: state })),
      createWorker,
      addressOf: (scene, state) => {
        const url = new URL(`../${locale}/embed/${scene}/`, import.meta.url);
        if (Object.keys(state).length > 0) url.searchParams.set('s', encodeLink({ [scene]: state }));
        return url.href;
      },
    };
  }
}

/** A page may start workers of its own origin only, so one of the page's starts ours. */
function createWorker(): WorkerLike {
  const url = new URL(trainingWorker, import.meta.url).href;
  const start = URL.createObjectURL(new Blob([`import ${JSON.stringify(url)};`], { type: 'text/javascript' }));
  return new Worker(start, { type: 'module' });
}

customElements.define('engram-scene', EngramScene);
