"""The plots of atoms, random functions and activations show what their notes say."""

from __future__ import annotations

import importlib
import math
import random
import sys
from itertools import pairwise
from pathlib import Path
from statistics import fmean, pstdev

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cards" / "pictures"))
atoms = importlib.import_module("plots_atoms")
gaussian = importlib.import_module("plots_gaussian_process")
variance = importlib.import_module("plots_variance")
molecules = importlib.import_module("molecules")

CELLS = [cell * atoms.VOXEL for cell in range(-atoms.CELLS, atoms.CELLS + 1)]


def test_one_voxel_is_marked_and_the_blur_is_positive_everywhere() -> None:
    assert [r for r in CELLS if atoms.one_hot(r)] == [0.0]
    assert all(atoms.blurred(r) > 0 for r in CELLS)
    assert atoms.blurred(2.0) == pytest.approx(atoms.blurred(1.0) ** 4)


def test_wave_changes_its_sign_first_at_a_quarter_of_its_length() -> None:
    first = math.pi / (2 * atoms.OMEGA)
    assert atoms.wave(first - 0.01) > 0 > atoms.wave(first + 0.01)
    assert atoms.wave(1.0) < 0 < atoms.wave(2.5)
    assert all(abs(atoms.wave(r)) <= atoms.blurred(r) for r in CELLS)


def test_posterior_runs_through_the_measurements_and_turns_back_into_the_prior() -> None:
    for x, value in gaussian.SEEN:
        assert gaussian.mean(x) == pytest.approx(value)
        assert gaussian.spread(x) < 1e-6
    assert gaussian.mean(gaussian.RIGHT) == pytest.approx(0, abs=0.01)
    assert gaussian.spread(gaussian.RIGHT) == pytest.approx(1, abs=0.01)
    for (left, _), (right, _) in pairwise(gaussian.SEEN):
        assert gaussian.spread((left + right) / 2) > 0.1


def test_draws_have_the_covariance_of_the_kernel_and_meet_the_measurements() -> None:
    chance = random.Random(1)
    draws = [gaussian.Draw(chance) for _ in range(3000)]
    # Four standard errors: sqrt(2 / 3000) is 0.026.
    for other in (0.0, 0.6, 1.5):
        found = fmean(draw.prior(0.0) * draw.prior(other) for draw in draws)
        assert found == pytest.approx(gaussian.kernel(0.0, other), abs=0.105)
    for x, value in gaussian.SEEN:
        assert draws[0].posterior(x) == pytest.approx(value)


def test_spread_of_the_draws_is_that_of_the_band() -> None:
    chance = random.Random(2)
    values = [gaussian.Draw(chance).posterior(0.2) for _ in range(600)]
    assert fmean(values) == pytest.approx(gaussian.mean(0.2), abs=0.05)
    assert pstdev(values) == pytest.approx(gaussian.spread(0.2), rel=0.1)


def test_variance_layer_differs_in_spread_only() -> None:
    assert {mean for mean, _ in variance.VARIANCE} == {0.0}
    assert len({spread for _, spread in variance.VARIANCE}) == 2
    assert len({mean for mean, _ in variance.ORDINARY}) == 2
    for mean, spread in variance.VARIANCE + variance.ORDINARY:
        found = variance.activations(mean, spread, random.Random(4))
        assert len(found) == variance.SAMPLES
        assert max(map(abs, found)) < variance.WIDEST
        assert fmean(found) == pytest.approx(mean, abs=3 * spread / math.sqrt(len(found)))


def test_funnel_narrows_to_one_drug() -> None:
    counts = [sum(rows) for rows in molecules.STAGES]
    assert counts[-1] == 1
    assert all(after < before for before, after in pairwise(counts))
    dots = molecules.PICTURES[0].svg.count("<circle")
    legend = 2
    assert dots == sum(counts[:-1]) + legend
