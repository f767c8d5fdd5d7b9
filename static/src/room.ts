void import("@excalidraw/excalidraw"); void import("@excalidraw/excalidraw/index.css");
