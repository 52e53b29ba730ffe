"""Four classifiers fitted to one sample of two normal classes, and the boundary they aim at."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from plots_contours import Field, Point

Sample = list[tuple[Point, bool]]


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution in the plane: its mean, variances and covariance."""

    mean: Point
    xx: float
    xy: float
    yy: float

    def log_density(self, x: float, y: float) -> float:
        """Return the logarithm of the density, without the constant that all normals share."""
        dx, dy = x - self.mean[0], y - self.mean[1]
        det = self.xx * self.yy - self.xy * self.xy
        square = (self.yy * dx * dx - 2 * self.xy * dx * dy + self.xx * dy * dy) / det
        return -0.5 * (math.log(det) + square)

    def draw(self, source: random.Random) -> Point:
        """Return one point, rounded so that it is the same on every machine."""
        # Box and Muller, since only random() is promised never to change.
        radius = math.sqrt(-2 * math.log(1 - source.random()))
        angle = 2 * math.pi * source.random()
        u, v = radius * math.cos(angle), radius * math.sin(angle)
        a = math.sqrt(self.xx)
        b = self.xy / a
        c = math.sqrt(self.yy - b * b)
        return round(self.mean[0] + a * u, 2), round(self.mean[1] + b * u + c * v, 2)


def moments(points: Sequence[Point]) -> Normal:
    """Return the normal distribution with the mean and covariance of the points."""
    n = len(points)
    mx, my = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    return Normal(
        (mx, my),
        sum((x - mx) ** 2 for x, _ in points) / n,
        sum((x - mx) * (y - my) for x, y in points) / n,
        sum((y - my) ** 2 for _, y in points) / n,
    )


def bayes(yes: Normal, no: Normal) -> Field:
    """Return the log odds of two equally frequent classes; no rule errs less than their sign."""
    return lambda x, y: yes.log_density(x, y) - no.log_density(x, y)


def quadratic(sample: Sample) -> Field:
    """Fit quadratic discriminant analysis: a normal distribution for each class."""
    yes = [point for point, label in sample if label]
    no = [point for point, label in sample if not label]
    return bayes(moments(yes), moments(no))


def logistic(sample: Sample, rounds: int = 25) -> Field:
    """Fit logistic regression by Newton's method: log odds linear in x and y.

    Classes that a line separates have no such fit.
    """
    weights = [0.0, 0.0, 0.0]
    for _ in range(rounds):
        gradient = [0.0] * 3
        hessian = [[0.0] * 3 for _ in range(3)]
        for (x, y), label in sample:
            features = (1.0, x, y)
            p = 1 / (1 + math.exp(-sum(w * f for w, f in zip(weights, features, strict=True))))
            for i in range(3):
                gradient[i] += (label - p) * features[i]
                for j in range(3):
                    hessian[i][j] += p * (1 - p) * features[i] * features[j]
        step = _solve(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
    return lambda x, y: weights[0] + weights[1] * x + weights[2] * y


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve three positive definite equations by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(3):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(3):
            if j != i:
                rows[j] = [b - rows[j][i] * a for a, b in zip(rows[i], rows[j], strict=True)]
    return [row[3] for row in rows]


def nearest(sample: Sample, k: int) -> Field:
    """Return the vote of the k nearest, k odd, as a continuous function, positive for yes.

    The majority of k votes yes just where the ((k+1)/2)-th nearest yes is nearer than
    the no of the same rank.
    """
    yes = [point for point, label in sample if label]
    no = [point for point, label in sample if not label]
    rank = k // 2

    def distance(points: list[Point], x: float, y: float) -> float:
        return sorted(math.dist(point, (x, y)) for point in points)[rank]

    return lambda x, y: distance(no, x, y) - distance(yes, x, y)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A box of the plane in which a decision tree gives one answer."""

    low: Point
    high: Point
    label: bool

    def distance(self, x: float, y: float) -> float:
        """Return how far the box is along the farther axis; 0 inside."""
        return max(self.low[0] - x, x - self.high[0], self.low[1] - y, y - self.high[1], 0.0)


def leaves(sample: Sample, depth: int, smallest: int) -> list[Leaf]:
    """Return the leaves of a decision tree grown by Gini impurity (CART).

    Args:
        sample: The points to learn from.
        depth: The most splits on a way from the root.
        smallest: The fewest points a leaf may hold.
    """
    everywhere = math.inf
    return _grown(sample, depth, smallest, (-everywhere, -everywhere), (everywhere, everywhere))


def _grown(sample: Sample, depth: int, smallest: int, low: Point, high: Point) -> list[Leaf]:
    yes = sum(label for _, label in sample)
    split = _best_split(sample, smallest) if depth and 0 < yes < len(sample) else None
    if split is None:
        return [Leaf(low, high, 2 * yes > len(sample))]
    axis, at = split
    below = [one for one in sample if one[0][axis] < at]
    above = [one for one in sample if one[0][axis] >= at]
    middle_high = (at, high[1]) if axis == 0 else (high[0], at)
    middle_low = (at, low[1]) if axis == 0 else (low[0], at)
    return [
        *_grown(below, depth - 1, smallest, low, middle_high),
        *_grown(above, depth - 1, smallest, middle_low, high),
    ]


def _best_split(sample: Sample, smallest: int) -> tuple[int, float] | None:
    """Return the axis and place of the split that leaves the least impurity."""
    best: tuple[float, int, float] | None = None
    for axis in (0, 1):
        ordered = sorted(sample, key=lambda one: one[0][axis])
        total = sum(label for _, label in ordered)
        yes = 0
        for n, ((point, label), (following, _)) in enumerate(
            zip(ordered, ordered[1:], strict=False), 1
        ):
            yes += label
            if point[axis] == following[axis] or min(n, len(ordered) - n) < smallest:
                continue
            rest = len(ordered) - n
            impurity = yes * (n - yes) / n + (total - yes) * (rest - total + yes) / rest
            if best is None or impurity < best[0]:
                best = impurity, axis, (point[axis] + following[axis]) / 2
    return None if best is None else best[1:]


def tree(boxes: list[Leaf]) -> Field:
    """Return a decision tree as a continuous function, zero just where its answer changes."""
    yes = [box for box in boxes if box.label]
    no = [box for box in boxes if not box.label]
    return lambda x, y: (
        min(box.distance(x, y) for box in no) - min(box.distance(x, y) for box in yes)
    )
