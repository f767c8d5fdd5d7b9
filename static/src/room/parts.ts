/** The parts of an ML system, as the palette offers them. `id` travels as customData.part and names the kind. */

export type Loop = "offline" | "online" | "bridge";
export type Look = "service" | "store" | "frame";

export interface Part {
  id: string;
  label: string;
  loop: Loop;
  look: Look;
}

const part = (id: string, label: string, loop: Loop, look: Look = "service"): Part => ({ id, label, loop, look });

export const GROUPS: { name: string; parts: Part[] }[] = [
  {
    name: "Online loop",
    parts: [
      part("client", "Client", "online"),
      part("gateway", "API gateway", "online"),
      part("load-balancer", "Load balancer", "online"),
      part("candidate-generator", "Candidate generator", "online"),
      part("ranker", "Ranker", "online"),
      part("model-server", "Model server", "online"),
      part("cache", "Cache", "online", "store"),
    ],
  },
  {
    name: "Bridge",
    parts: [
      part("feature-store-online", "Feature store (online)", "bridge", "store"),
      part("ann-index", "ANN index", "bridge", "store"),
      part("model-registry", "Model registry", "bridge", "store"),
      part("monitoring", "Monitoring", "bridge"),
    ],
  },
  {
    name: "Offline loop",
    parts: [
      part("event-log", "Event log", "offline", "store"),
      part("stream-processor", "Stream processor", "offline"),
      part("data-lake", "Data lake", "offline", "store"),
      part("warehouse", "Data warehouse", "offline", "store"),
      part("feature-store-offline", "Feature store (offline)", "offline", "store"),
      part("training-job", "Training job", "offline"),
    ],
  },
  {
    name: "Areas",
    parts: [part("area-online", "Online loop", "online", "frame"), part("area-offline", "Offline loop", "offline", "frame")],
  },
];
