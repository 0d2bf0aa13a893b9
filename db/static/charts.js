// Draws each figure.chart from the table inside it, with Chart.js. A click on a bar follows the link of its row.
const dark = matchMedia("(prefers-color-scheme: dark)");
const hues = [null, 205, 130, 330, 20, 265]; // the first series has the accent colour

function read(figure) {
  const heads = [...figure.querySelectorAll("thead th")].slice(1).map((head) => head.textContent);
  const rows = [...figure.querySelectorAll("tbody tr")].map((row) => ({
    label: row.querySelector("th").textContent,
    address: row.querySelector("a")?.getAttribute("href"),
    numbers: [...row.querySelectorAll("td")].map((cell) => Number(cell.dataset.value)),
  }));
  return { heads, rows };
}

function colours() {
  const style = getComputedStyle(document.body);
  const named = (name) => style.getPropertyValue(name).trim();
  const series = hues.map((hue) => (hue === null ? named("--accent") : `hsl(${hue} 55% ${dark.matches ? 65 : 38}%)`));
  return { ink: named("--quiet"), rule: named("--rule"), series };
}

function draw(figure) {
  const { heads, rows } = read(figure);
  const { ink, rule, series } = colours();
  const place = figure.querySelector(".drawing");
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${figure.querySelector("figcaption").textContent}: the same numbers are in the table below`);
  place.replaceChildren(canvas);
  place.hidden = false;
  const whole = (value) => (Number.isInteger(value) ? value.toLocaleString("en") : null);
  return new Chart(canvas, {
    type: "bar",
    data: {
      labels: rows.map((row) => row.label),
      datasets: heads.map((head, number) => ({
        label: head,
        data: rows.map((row) => row.numbers[number]),
        backgroundColor: series[number % series.length],
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      onClick: (_, bars) => bars.length && rows[bars[0].index].address && location.assign(rows[bars[0].index].address),
      onHover: (event, bars) => (event.native.target.style.cursor = bars.length && rows[bars[0].index].address ? "pointer" : ""),
      plugins: { legend: { display: heads.length > 1, labels: { color: ink } } },
      scales: {
        x: { grid: { display: false }, ticks: { color: ink, maxRotation: 0, autoSkipPadding: 16 } },
        y: { beginAtZero: true, grid: { color: rule }, ticks: { color: ink, callback: whole, maxTicksLimit: 4 } },
      },
    },
  });
}

const figures = [...document.querySelectorAll("figure.chart")];
let drawn = figures.map(draw);
dark.addEventListener("change", () => {
  drawn.forEach((chart) => chart.destroy());
  drawn = figures.map(draw);
});
