/** Excalidraw, with everything that this site calls of it in one file: 0.18.1 is pinned and its successor differs. */
import { CaptureUpdateAction, Excalidraw, MainMenu, newElementWith, viewportCoordsToSceneCoords } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import type { ExcalidrawElement, OrderedExcalidrawElement } from "@excalidraw/excalidraw/element/types";
import type { AppState, Collaborator, ExcalidrawImperativeAPI, SocketId } from "@excalidraw/excalidraw/types";
import { createRoot, type Root } from "react-dom/client";
import { type Flow, type Part, STROKES } from "../parts.ts";
import type { Changes, PointerState, Shape, View } from "../protocol.ts";
import { APP_STATE, fillFor, UI_OPTIONS } from "./defaults.ts";
import { beside, type Box, freeSpot } from "./place.ts";
import { arrow, fontFor, frame, labelled, measured, received, restored } from "./shapes.ts";

export interface CanvasEvents {
  changed: () => void;
  pointed: (pointer: PointerState) => void;
  scrolled: () => void;
}

const SHAPES = new Set(["rectangle", "ellipse", "diamond"]);
const SIZE = { service: { width: 152, height: 60 }, store: { width: 152, height: 60 }, frame: { width: 560, height: 300 } };
/** Pixels of the editor's own panels over the canvas: above, on the left, below. */
const COVERED = { top: 72, left: 224, bottom: 72, right: 16 };

export class Canvas {
  private readonly root: Root;
  private readonly look = { viewOnly: true, dark: false };
  private api!: ExcalidrawImperativeAPI;
  private tool = "selection";
  private ready: (() => void) | null = null;

  private readonly receive = (api: ExcalidrawImperativeAPI) => {
    this.api = api;
  };

  private constructor(
    place: HTMLElement,
    private readonly events: CanvasEvents,
  ) {
    this.root = createRoot(place);
  }

  /** Resolves when the editor has loaded its own empty scene; what is shown to it before, it would wipe out. */
  static mount(place: HTMLElement, events: CanvasEvents): Promise<Canvas> {
    const canvas = new Canvas(place, events);
    return new Promise((resolve) => {
      canvas.ready = () => resolve(canvas);
      canvas.render();
    });
  }

  /** All shapes, the deleted ones too, as merging needs them. */
  get shapes(): readonly Shape[] {
    return this.api.getSceneElementsIncludingDeleted();
  }

  /** Shapes that the person is typing in or pulling at: a remote copy must not replace them now. */
  get busy(): ReadonlySet<string> {
    const { editingTextElement, resizingElement, newElement } = this.api.getAppState();
    return new Set([editingTextElement, resizingElement, newElement].flatMap((one) => (one ? [one.id] : [])));
  }

  /** Shows a merged scene. It must be whole and in order; what is new in it came from elsewhere and is no step to undo. */
  show(shapes: readonly Shape[]): void {
    const mine = new Set<unknown>(this.shapes);
    const elements = shapes.map((shape) => (mine.has(shape) ? (shape as ExcalidrawElement) : restored(shape)));
    this.api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
  }

  scrollToContent(): void {
    if (this.api.getSceneElements().length) this.api.scrollToContent(undefined, { fitToViewport: true, viewportZoomFactor: 0.8, maxZoom: 1 });
  }

  setViewOnly(viewOnly: boolean): void {
    if (this.look.viewOnly === viewOnly) return;
    this.look.viewOnly = viewOnly;
    this.render();
  }

  /** The colour of what is drawn next. */
  setPen(colour: string): void {
    this.api.updateScene({ appState: { currentItemStrokeColor: colour } });
  }

  setDark(dark: boolean): void {
    this.look.dark = dark;
    this.render();
  }

  setCollaborators(people: Map<string, Collaborator>): void {
    this.api.updateScene({ collaborators: people as Map<SocketId, Collaborator> });
  }

  toast(message: string): void {
    this.api.setToast({ message, closable: true, duration: 8000 });
  }

  refresh(): void {
    this.api.refresh();
  }

  /** Puts a part at a point of the window, or where there is room, as near to the middle of the view as possible. */
  async insert(part: Part, at?: { clientX: number; clientY: number }): Promise<void> {
    await fontFor(part.label);
    const size = SIZE[part.look];
    if (at) {
      const { x, y } = viewportCoordsToSceneCoords(at, this.api.getAppState());
      this.put(part, { x: x - size.width / 2, y: y - size.height / 2, ...size });
      return;
    }
    const taken = this.api.getSceneElements().filter(({ type }) => (part.look === "frame") === (type === "frame"));
    this.put(part, freeSpot(this.view(), size, taken));
  }

  private put(part: Part, box: Box): void {
    const made = part.look === "frame" ? [frame(part, box)] : labelled(part, box);
    this.add(made, made[0]!.id);
  }

  /** An arrow from the first to the second of two selected shapes; false unless exactly two are selected. */
  connect(): boolean {
    const { selectedElementIds } = this.api.getAppState();
    const all = new Map(this.api.getSceneElements().map((element) => [element.id, element]));
    const chosen = Object.keys(selectedElementIds).flatMap((id) => all.get(id) ?? []).filter(({ type }) => SHAPES.has(type));
    const [from, to] = chosen;
    if (chosen.length !== 2 || !from || !to) return false;
    const made = arrow(from, to);
    const bound = { id: made.id, type: "arrow" } as const;
    const bind = (element: OrderedExcalidrawElement) =>
      element === from || element === to
        ? newElementWith(element, { boundElements: [...(element.boundElements ?? []), bound] })
        : element;
    this.commit([...this.api.getSceneElementsIncludingDeleted().map(bind), made], [made.id]);
    return true;
  }

  /** Selects these elements and brings them into view. */
  readonly point = (ids: readonly string[]): void => {
    const found = this.api.getSceneElements().filter(({ id }) => ids.includes(id));
    if (!found.length) return;
    this.api.updateScene({ appState: { selectedElementIds: Object.fromEntries(found.map(({ id }) => [id, true as const])) } });
    const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.api.scrollToContent(found, { fitToViewport: true, viewportZoomFactor: 0.5, maxZoom: 1, animate });
  };

  /** States what a part is, as one step to undo; an empty kind leaves it to its label. */
  readonly state = (id: string, kind: string): void => {
    const elements = this.api.getSceneElementsIncludingDeleted().map((element) => {
      if (element.id !== id) return element;
      const { part: _, ...rest } = element.customData ?? {};
      return newElementWith(element, { customData: kind ? { ...rest, part: kind } : rest });
    });
    this.commit(elements, [id]);
  };

  /** How things travel along the selected arrows, as one step to undo: dashed in batches, dotted as a stream. False without arrows. */
  flow(flow: Flow): boolean {
    const { selectedElementIds } = this.api.getAppState();
    const chosen = this.api.getSceneElements().filter(({ id, type }) => selectedElementIds[id] && type === "arrow");
    const changes = { strokeStyle: STROKES[flow], customData: flow === "online" ? { flow } : {} };
    this.change(new Map(chosen.map(({ id }) => [id, changes])), Object.keys(selectedElementIds));
    return chosen.length > 0;
  }

  /** Whether nothing is drawn. */
  get isEmpty(): boolean {
    return this.api.getSceneElements().length === 0;
  }

  /** A drawing from elsewhere, beside what stands here, as one step to undo. */
  async place(shapes: readonly Shape[]): Promise<void> {
    const made = beside(await received(shapes), this.api.getSceneElements());
    const [first] = this.api.getSceneElements();
    this.commit([...this.api.getSceneElementsIncludingDeleted(), ...made], first ? made.map(({ id }) => id) : []);
    this.scrollToContent();
  }

  /** What an edited outline asks for, as one step to undo. */
  async revise({ added, changed, removed }: Changes): Promise<void> {
    const made = await received(added);
    const changes = new Map(Object.entries(changed));
    for (const id of removed) changes.set(id, { isDeleted: true });
    this.change(changes, [], made);
  }

  private change(changes: ReadonlyMap<string, object>, select: readonly string[], made: readonly ExcalidrawElement[] = []): void {
    const before = this.api.getSceneElementsIncludingDeleted();
    const now = before.map((one) => (changes.has(one.id) ? newElementWith(one, changes.get(one.id)!) : one));
    const byId = new Map<string, ExcalidrawElement>(now.map((one) => [one.id, one]));
    const elements = now.map((one) =>
      one.type === "text" && "text" in (changes.get(one.id) ?? {}) ? measured(one, byId.get(one.containerId ?? "")) : one,
    );
    this.commit([...elements, ...made], select);
  }

  private add(made: readonly ExcalidrawElement[], select: string): void {
    this.commit([...this.api.getSceneElementsIncludingDeleted(), ...made], [select]);
  }

  private commit(elements: readonly ExcalidrawElement[], select: readonly string[]): void {
    const appState = { selectedElementIds: Object.fromEntries(select.map((id) => [id, true as const])) };
    this.api.updateScene({ elements, appState, captureUpdate: CaptureUpdateAction.IMMEDIATELY });
  }

  /** What is seen of the scene. */
  get seen(): View {
    const { scrollX, scrollY, width, height, zoom } = this.api.getAppState();
    return [-scrollX, -scrollY, width / zoom.value, height / zoom.value];
  }

  /** Shows what somebody else sees, in the middle of what there is here. */
  see([x, y, width, height]: View): void {
    const state = this.api.getAppState();
    const zoom = Math.min(state.width / width, state.height / height, 30);
    const [left, top] = [(state.width / zoom - width) / 2, (state.height / zoom - height) / 2];
    const value = zoom as AppState["zoom"]["value"];
    this.api.updateScene({ appState: { scrollX: left - x, scrollY: top - y, zoom: { value } } });
  }

  /** What is seen of the scene, less what the editor's panels cover. */
  private view(): Box {
    const state = this.api.getAppState();
    const covered = state.width > 700 ? COVERED : { top: 0, left: 0, bottom: 0, right: 0 };
    const corner = (clientX: number, clientY: number) => viewportCoordsToSceneCoords({ clientX, clientY }, state);
    const from = corner(state.offsetLeft + covered.left, state.offsetTop + covered.top);
    const to = corner(state.offsetLeft + state.width - covered.right, state.offsetTop + state.height - covered.bottom);
    return { ...from, width: to.x - from.x, height: to.y - from.y };
  }

  private chosen(state: AppState): void {
    if (state.activeTool.type === this.tool) return;
    this.tool = state.activeTool.type;
    const fill = fillFor(this.tool, state.currentItemBackgroundColor);
    if (fill) this.api.updateScene({ appState: { currentItemBackgroundColor: fill } });
  }

  private changed(state: AppState): void {
    if (state.isLoading) return;
    if (this.ready) this.api.onScrollChange(() => this.events.scrolled());
    if (this.ready) void fontFor("The network may be gone when the first label is measured.").then(this.ready);
    this.ready = null;
    this.chosen(state);
    this.events.changed();
  }

  private render(): void {
    this.root.render(
      <Excalidraw
        excalidrawAPI={this.receive}
        initialData={INITIAL}
        isCollaborating
        theme={this.look.dark ? "dark" : "light"}
        viewModeEnabled={this.look.viewOnly}
        handleKeyboardGlobally={false}
        UIOptions={UI_OPTIONS}
        aiEnabled={false}
        validateEmbeddable={false}
        onChange={(_, state) => this.changed(state)}
        onPointerUpdate={({ pointer, button }) => {
          const selected = Object.keys(this.api.getAppState().selectedElementIds).slice(0, 50);
          this.events.pointed({ x: pointer.x, y: pointer.y, tool: pointer.tool, button, selected });
        }}
      >
        <MainMenu>
          <MainMenu.DefaultItems.SearchMenu />
          <MainMenu.DefaultItems.SaveAsImage />
          <MainMenu.DefaultItems.Help />
        </MainMenu>
      </Excalidraw>,
    );
  }
}

const INITIAL = { elements: [], appState: APP_STATE };
