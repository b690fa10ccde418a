// Draws the charts of the page on canvas, from the data beside them. The table under each says the same.

import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

// After the network's accent: told apart also by colour-blind eyes, 3:1 on white, each with its own line and mark.
const COLOURS = ["#b35c00", "#00696b", "#7a4fb5", "#5b6b7a"];
const LINES = ["solid", "dashed", "dotted", [10, 4, 2, 4], [4, 8]];
const MARKS = ["circle", "rect", "triangle", "diamond", "roundRect"];
const LONG_NAME = 14;
const ROW_HEIGHT = 44;
const BAR_HEIGHT = 26;
const GROUP_GAP = 18;
const NAME_SHARE = 0.38;
const FONT = { fontFamily: "Titillium Web, sans-serif", fontSize: 14 };
// What the library leaves around a name of the legend: its mark before it, a gap after it.
const MARK_WIDTH = 30;
const NAME_GAP = 10;
const LEGEND_ROW = 24;

const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language, { useGrouping: "always" });
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();

// How high the legend is: on a phone its names take several rows, and the bars begin below them.
function legendHeight(data, width) {
  if (data.kind !== "bar" || data.series.length < 2) return 0;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${FONT.fontSize}px ${FONT.fontFamily}`;
  let rows = 1;
  let at = 0;
  for (const { name } of data.series) {
    const wide = MARK_WIDTH + pen.measureText(name).width;
    if (at && at + wide > width) {
      rows += 1;
      at = 0;
    }
    at += wide + NAME_GAP;
  }
  return rows * LEGEND_ROW;
}

function option(data, width) {
  const ink = colour("--ink");
  const soft = colour("--ink-soft");
  const several = data.series.length > 1;
  const bars = data.kind === "bar";
  const lying = bars && data.categories.some((name) => name.length > LONG_NAME);
  const nameWidth = Math.min(240, width * NAME_SHARE);
  const text = { ...FONT, color: ink };
  const names = {
    type: "category",
    data: data.categories,
    inverse: lying,
    boundaryGap: bars,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("--line-strong") } },
    axisLabel: { ...text, color: soft, ...(lying ? { width: nameWidth, overflow: "break", lineHeight: 16 } : { hideOverlap: true }) },
  };
  const amounts = {
    type: "value",
    min: 0,
    minInterval: 1,
    splitLine: { show: !lying, lineStyle: { color: colour("--line") } },
    axisLabel: { ...text, color: soft, show: !lying, formatter: (value) => number.format(value) },
  };
  return {
    animation: false,
    textStyle: text,
    color: [colour("--accent"), ...COLOURS],
    // The names of lines stand at their ends, those of bars above.
    legend: bars && several ? { top: 0, left: 0, textStyle: text, selectedMode: false } : undefined,
    grid: {
      top: 24 + legendHeight(data, width),
      right: bars ? 56 : several ? 140 : 24,
      bottom: 8,
      left: 8,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      axisPointer: { type: bars ? "shadow" : "line" },
      textStyle: text,
      valueFormatter: (value) => (value == null ? "–" : `${number.format(value)} ${data.unit}`.trim()),
    },
    xAxis: lying ? amounts : names,
    yAxis: lying ? names : amounts,
    series: data.series.map((each, at) => ({
      name: each.name,
      data: each.values,
      type: bars ? "bar" : "line",
      barMaxWidth: 40,
      areaStyle: data.kind === "area" ? { opacity: 0.15 } : undefined,
      lineStyle: { width: 3, type: LINES[at % LINES.length] },
      symbol: MARKS[at % MARKS.length],
      symbolSize: 8,
      label: {
        ...text,
        show: bars || (!several && data.categories.length <= 8),
        position: lying ? "right" : "top",
        formatter: ({ value }) => (value == null ? "" : number.format(value)),
      },
      labelLayout: { hideOverlap: true },
      endLabel: { ...text, show: !bars && several, formatter: "{a}", width: 124, overflow: "break" },
    })),
  };
}

for (const picture of document.querySelectorAll(".chart-picture:not([data-drawn])")) {
  picture.dataset.drawn = "yes";
  const data = JSON.parse(document.getElementById(picture.dataset.chart).textContent);
  const lying = data.kind === "bar" && data.categories.some((name) => name.length > LONG_NAME);
  document.fonts.ready.then(() => {
    if (lying) {
      const several = data.series.length > 1;
      const row = several ? data.series.length * BAR_HEIGHT + GROUP_GAP : ROW_HEIGHT;
      picture.style.height = `${data.categories.length * row + legendHeight(data, picture.clientWidth) + 40}px`;
    }
    const chart = echarts.init(picture, null, { renderer: "canvas" });
    const redraw = () => chart.setOption(option(data, picture.clientWidth));
    redraw();
    new ResizeObserver(() => {
      chart.resize();
      redraw();
    }).observe(picture);
  });
}
