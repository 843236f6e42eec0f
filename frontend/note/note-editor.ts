import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Compartment, EditorState, RangeSet, RangeSetBuilder, RangeValue, StateEffect, StateField, Transaction } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, keymap, WidgetType, type DecorationSet } from '@codemirror/view';
import { sendableUpdates } from '@codemirror/collab';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { NoteSession, type Light, type Person, type Screen } from './session.ts';
import { browserWorld } from './world.ts';

interface Cursor {
  i: string;
  by: string;
  at: number;
}

const setCursor = StateEffect.define<Cursor>();
const keepCursors = StateEffect.define<Set<string>>();
const setAuthor = StateEffect.define<{ from: number; to: number; by: string }>();
const refreshNames = StateEffect.define<null>();

/** A note being typed in by several people; the element only shows what its session says. */
@customElement('note-editor')
export class NoteEditor extends LitElement implements Screen {
  @property() noteId = '';
  @property() account = '';
  @property() kind = 'joint';
  @property() agencyClass = '';
  @property() headText = '';
  @property() whoText = '';
  @property() footText = '';
  @property() find = '';
  /** All sentences it shows, as JSON, in the reader's language. */
  @property() wordsJson = '{}';
  @state() private shown: Light = { is: 'saved', at: null };
  @state() private readOnlyWhy = '';
  @state() private keptText = '';
  private view?: EditorView;
  private session?: NoteSession;
  private get words(): Record<string, string> {
    return JSON.parse(this.wordsJson) as Record<string, string>;
  }
  private everybody = new Map<string, Person>();
  private myself = '';
  private readonly editable = new Compartment();

  /** Selections and input methods inside a shadow root are a lasting trouble in Safari. */
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.open();
  }

  override disconnectedCallback(): void {
    this.session?.stop();
    this.session = undefined;
    super.disconnectedCallback();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('noteId') && this.session?.note !== this.noteId) this.open();
  }

  private open(): void {
    this.session?.stop();
    this.session = undefined;
    if (!this.isConnected || !this.noteId || !this.account || !this.hasUpdated) {
      if (!this.hasUpdated) void this.updateComplete.then(() => this.session ?? this.open());
      return;
    }
    this.keptText = '';
    this.view?.destroy();
    this.view = undefined;
    this.session = new NoteSession(browserWorld(), this, this.account, this.noteId, this.extensions());
    this.session.start();
    (window as { onedoorBusy?: () => boolean }).onedoorBusy = () =>
      (this.session?.composing ?? false) || (this.session?.unsentWords() ?? 0) > 0;
  }

  private extensions() {
    return [
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': this.words['label'] ?? 'Note', spellcheck: 'false' }),
      this.editable.of([EditorView.editable.of(false), EditorState.readOnly.of(true)]),
      this.authors(),
      this.cursors(),
      this.unsent(),
      EditorView.domEventHandlers({
        compositionstart: () => void (this.session && (this.session.composing = true)),
        compositionend: () => void setTimeout(() => this.session?.composed()),
      }),
      EditorView.updateListener.of((u) => {
        const mine = u.transactions.some((tr) => tr.docChanged && !tr.annotation(Transaction.remote));
        if (mine) this.session?.typed();
        if (u.selectionSet || mine) {
          const at = u.state.selection.main;
          this.session?.cursor(at.anchor, at.head);
        }
      }),
    ];
  }

  /** Who wrote which line, for what was written while this page was open. */
  private authors() {
    const element = this;
    const field = StateField.define<RangeSet<Author>>({
      create: () => RangeSet.empty,
      update(authors, tr) {
        let next = authors.map(tr.changes);
        for (const e of tr.effects)
          if (e.is(setAuthor) && e.value.to > e.value.from)
            next = next.update({
              filterFrom: e.value.from,
              filterTo: e.value.to,
              filter: (from, to) => to <= e.value.from || from >= e.value.to,
              add: [new Author(e.value.by).range(e.value.from, e.value.to)],
            });
        return next;
      },
    });
    const shown = gutter({
      class: 'by-gutter',
      lineMarker: (view, line) => {
        let by = '';
        view.state.field(field).between(line.from, line.to, (_f, _t, a) => void (by = a.by));
        if (!by) return null;
        let before = '';
        if (line.from > 0) {
          const above = view.state.doc.lineAt(line.from - 1);
          view.state.field(field).between(above.from, above.to, (_f, _t, a) => void (before = a.by));
        }
        const person = element.everybody.get(by);
        const name = by === element.myself ? element.words['you'] : (person?.name ?? by);
        return new AuthorMarker(by === before ? '' : (name ?? by), person?.colour ?? 1);
      },
      lineMarkerChange: (u) => u.docChanged || u.transactions.some((tr) => tr.effects.length > 0),
    });
    return [field, shown];
  }

  private cursors() {
    const element = this;
    return StateField.define<{ all: Cursor[]; shown: DecorationSet }>({
      create: () => ({ all: [], shown: Decoration.none }),
      update(value, tr) {
        let all = value.all;
        if (tr.docChanged) all = all.map((c) => ({ ...c, at: tr.changes.mapPos(c.at, 1) }));
        for (const e of tr.effects) {
          if (e.is(setCursor)) all = [...all.filter((c) => c.i !== e.value.i), e.value];
          if (e.is(keepCursors)) all = all.filter((c) => e.value.has(c.i));
        }
        if (all === value.all && !tr.effects.some((e) => e.is(refreshNames))) return value;
        const builder = new RangeSetBuilder<Decoration>();
        for (const c of [...all].sort((a, b) => a.at - b.at)) {
          const person = element.everybody.get(c.by);
          const at = Math.min(c.at, tr.newDoc.length);
          builder.add(at, at, Decoration.widget({ widget: new Flag(person?.name ?? c.by, person?.colour ?? 1), side: 1 }));
        }
        return { all, shown: builder.finish() };
      },
      provide: (f) => EditorView.decorations.from(f, (v) => v.shown),
    });
  }

  /** A dotted line under words that are not on the server yet. */
  private unsent() {
    const mark = Decoration.mark({ class: 'unsent' });
    return EditorView.decorations.of((view) => {
      if (this.shown.is === 'saved') return Decoration.none;
      const updates = sendableUpdates(view.state);
      if (!updates.length) return Decoration.none;
      let all = updates[0]!.changes;
      for (const u of updates.slice(1)) all = all.compose(u.changes);
      const builder = new RangeSetBuilder<Decoration>();
      all.iterChangedRanges((_fa, _ta, from, to) => {
        if (to > from) builder.add(from, to, mark);
      });
      return builder.finish();
    });
  }

  // ---- what the session tells ----

  // the session asks for the state only once it has given one
  current(): EditorState {
    return this.view!.state;
  }

  reset(state: EditorState): void {
    const parent = this.querySelector<HTMLElement>('.text')!;
    const focused = this.view?.hasFocus ?? false;
    const at = this.view?.state.selection.main.head;
    this.view?.destroy();
    this.view = new EditorView({ state, parent });
    const kept = sessionStorage.getItem('caret:' + location.pathname);
    sessionStorage.removeItem('caret:' + location.pathname);
    const place = kept !== null ? Number(kept) : at;
    if (place !== undefined)
      this.view.dispatch({ selection: { anchor: Math.min(place, state.doc.length) } });
    if (focused || kept !== null) this.view.focus();
    this.seek();
  }

  private seek(): void {
    if (!this.find || !this.view) return;
    const at = this.view.state.doc.toString().toLowerCase().indexOf(this.find.toLowerCase());
    if (at < 0) return;
    this.view.dispatch({
      selection: { anchor: at, head: at + this.find.length },
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    });
  }

  apply(tr: Transaction, by: string | null): void {
    const effects: StateEffect<unknown>[] = [];
    if (by) {
      tr.changes.iterChangedRanges((_fa, _ta, from, to) => void effects.push(setAuthor.of({ from, to, by })));
      if (tr.changes.empty) this.markOwn(effects, by);
    }
    this.view!.dispatch(tr);
    if (effects.length) this.view!.dispatch({ effects });
  }

  /** One's own echo changes nothing on the screen; the line under the caret is one's own. */
  private markOwn(effects: StateEffect<unknown>[], by: string): void {
    if (by !== this.myself) return;
    const line = this.view!.state.doc.lineAt(this.view!.state.selection.main.head);
    effects.push(setAuthor.of({ from: line.from, to: line.to, by }));
  }

  people(people: Person[]): void {
    for (const person of people) this.everybody.set(person.id, person);
    const here = new Set(people.map((p) => p.i ?? ''));
    this.view?.dispatch({ effects: [keepCursors.of(here), refreshNames.of(null)] });
  }

  cursor(c: { by: string; i: string; h: number }): void {
    if (!this.view) return;
    const at = Math.min(c.h, this.view.state.doc.length);
    this.view.dispatch({ effects: setCursor.of({ i: c.i, by: c.by, at }) });
  }

  light(light: Light): void {
    const was = JSON.stringify(this.shown);
    if (was !== JSON.stringify(light)) this.shown = light;
    if (was !== JSON.stringify(light)) this.view?.dispatch({});
    if (light.is === 'offline') this.toggleAttribute('offline', true);
    else this.removeAttribute('offline');
  }

  write(may: boolean, why: string): void {
    this.readOnlyWhy = may ? '' : (this.words[why] ?? why);
    this.view?.dispatch({
      effects: this.editable.reconfigure([EditorView.editable.of(may), EditorState.readOnly.of(!may)]),
    });
  }

  kept(text: string, why: string): void {
    this.keptText = (this.keptText ? this.keptText + '\n' : '') + text;
    if (why === 'differs') this.readOnlyWhy = this.words['differs'] ?? why;
  }

  closed(code: number): void {
    this.dispatchEvent(new CustomEvent('note-closed', { detail: { code }, bubbles: true }));
  }

  me(me: Person): void {
    this.myself = me.id;
    this.everybody.set(me.id, me);
  }

  /** Where the caret is, for who reloads the page; -1 if elsewhere. */
  caret(): number {
    return this.view?.hasFocus ? this.view.state.selection.main.head : -1;
  }

  /** The text as it stands here. */
  text(): string {
    return this.view?.state.doc.toString() ?? '';
  }

  // ---- what is seen ----

  private lightText(): string {
    const light = this.shown;
    if (light.is === 'sending') return this.words['sending'] ?? '';
    if (light.is === 'offline') {
      const minutes = Math.floor((Date.now() - light.since) / 60_000);
      const text = this.words[minutes < 1 ? 'offlineNow' : 'offline'] ?? '';
      return text.replace('{0}', String(minutes)).replace('{1}', String(light.words));
    }
    if (light.at === null) return this.words['savedNothing'] ?? '';
    const at = new Date(light.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    return (this.words['saved'] ?? '').replace('{0}', at);
  }

  protected override render() {
    const light = this.shown.is === 'offline' ? 'off' : this.shown.is;
    return html`<div class="sheet ${this.kind} ${this.agencyClass}">
      <div class="aud">
        <b class="nw">${this.headText}</b><span class="who">${this.whoText}</span>
        <span class="light ${light}"><span class="lamp"></span><span role="status">${this.lightText()}</span></span>
      </div>
      ${this.shown.is === 'offline' ? html`<div class="strip">${this.words['offlineStrip']}</div>` : nothing}
      ${this.readOnlyWhy ? html`<div class="strip" role="note">${this.readOnlyWhy}</div>` : nothing}
      ${this.keptText
        ? html`<div class="strip kept"><span>${this.words['kept']}</span><textarea readonly aria-label=${this.words['kept'] ?? ''} .value=${this.keptText}></textarea></div>`
        : nothing}
      <div class="text"></div>
      <div class="tools"><span class="to">${this.footText}</span></div>
    </div>`;
  }
}

/** Marks a stretch of text with its author. */
class Author extends RangeValue {
  readonly by: string;
  constructor(by: string) {
    super();
    this.by = by;
  }
  override eq(other: RangeValue): boolean {
    return other instanceof Author && other.by === this.by;
  }
}

/** The author's name in the gutter, at the first of several lines. */
class AuthorMarker extends GutterMarker {
  private readonly name: string;
  private readonly colour: number;
  constructor(name: string, colour: number) {
    super();
    this.name = name;
    this.colour = colour;
  }
  override eq(other: GutterMarker): boolean {
    return other instanceof AuthorMarker && other.name === this.name && other.colour === this.colour;
  }
  override toDOM(): Node {
    const span = document.createElement('span');
    span.className = `by a${((this.colour - 1) % 10) + 1}`;
    span.textContent = this.name;
    return span;
  }
}

/** Another person's caret with their name; not read aloud. */
class Flag extends WidgetType {
  private readonly name: string;
  private readonly colour: number;
  constructor(name: string, colour: number) {
    super();
    this.name = name;
    this.colour = colour;
  }
  override eq(other: WidgetType): boolean {
    return other instanceof Flag && other.name === this.name && other.colour === this.colour;
  }
  override toDOM(): HTMLElement {
    const cur = document.createElement('span');
    cur.className = `cur a${((this.colour - 1) % 10) + 1}`;
    cur.setAttribute('aria-hidden', 'true');
    const name = document.createElement('i');
    name.textContent = this.name;
    cur.append(name);
    return cur;
  }
}
