"""Lines over the number of executors, as SVG: a panel for each kind of network link."""

import math

WIDTH, HEIGHT = 1000, 470
TOP, BOTTOM, PANEL, GAP, LEFT = 62, 410, 330, 160, 70
COLORS = ["#0072b2", "#d55e00", "#009e73", "#7b3294"]
INK, GRID = "#333333", "#dddddd"


class Panel:
    """A square of the picture with logarithmic axes."""

    def __init__(self, left, x_range, y_range):
        self.left, self.x_range, self.y_range = left, x_range, y_range

    def x(self, value):
        low, high = (math.log(bound) for bound in self.x_range)
        return self.left + PANEL * (math.log(value) - low) / (high - low)

    def y(self, value):
        low, high = (math.log(bound) for bound in self.y_range)
        return BOTTOM - (BOTTOM - TOP) * (math.log(value) - low) / (high - low)

    def grid(self, x_ticks, y_ticks):
        for value in y_ticks:
            y = self.y(value)
            yield f'<path d="M{self.left} {y:.1f}h{PANEL}" stroke="{GRID}"/>'
            yield words(self.left - 8, y + 4, duration(value), "end")
        for value in x_ticks:
            x = self.x(value)
            yield f'<path d="M{x:.1f} {TOP}V{BOTTOM}" stroke="{GRID}"/>'
            yield words(x, BOTTOM + 18, value, "middle")

    def line(self, points, color, dashed):
        path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        dash = ' stroke-dasharray="6 4"' if dashed else ""
        return (
            f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"{dash}/>'
        )


def words(x, y, text, anchor="start", color=INK, weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}"'
        f' font-weight="{weight}">{text}</text>'
    )


def duration(millis):
    return f"{millis:g} ms" if millis < 1000 else f"{millis / 1000:g} s"


def apart(places, least):
    """The same places, moved down where two are too near to be read."""
    moved = []
    for place in sorted(places):
        moved.append(max(place, moved[-1] + least) if moved else place)
    return dict(zip(sorted(places), moved))


def chart(panels, names, x_ticks, y_ticks):
    """
    An SVG.

    panels: {title: [(name, dashed, [(x, y), ...]), ...]}; names: those of the lines, by color
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    x_range = (x_ticks[0], x_ticks[-1])
    y_range = (y_ticks[0], y_ticks[-1])
    for place, (title, lines) in enumerate(panels.items()):
        panel = Panel(LEFT + place * (PANEL + GAP), x_range, y_range)
        parts.append(words(panel.left, TOP - 16, title, weight="bold"))
        parts += panel.grid(x_ticks, y_ticks)
        ends = {}
        for name, dashed, points in lines:
            color = COLORS[names.index(name)]
            parts.append(panel.line(points, color, dashed))
            if not dashed:
                ends[panel.y(points[-1][1])] = (name, color)
        for y, moved in apart(ends, 15).items():
            name, color = ends[y]
            parts.append(words(panel.left + PANEL + 6, moved + 4, name, color=color))
        parts.append(words(panel.left + PANEL / 2, BOTTOM + 38, "executors", "middle"))
    parts.append(
        words(LEFT, HEIGHT - 6, "the exchange of one training step: solid sharded, dashed rpc")
    )
    return "\n".join([*parts, "</svg>", ""])
