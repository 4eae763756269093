"""The arithmetic of SgdrKernel.TrainEpoch in NumPy, over all weights and dies at once.

    kernel.py train DUMP WEIGHTS    trains the dump's dies for one epoch and writes their half weights
    kernel.py tune DUMP             prints with how many dies NumPy is fastest
    kernel.py time DUMP DIES        trains so many dies, the dump's repeated; prints presentations, seconds

NumPy has no fused multiply-add, sums in another order and has its own exponential, so the results agree to rounding,
not to the bit.
"""

import struct
import sys
import time

import numpy as np

MAGIC = 0x314C4459
ROWS = "P N FwdPp FwdNp FwdNn FwdPn UpdPn UpdNp UpdPp UpdNn DecayP DecayN CrossP CrossN QuiescentP QuiescentN".split()
CANDIDATES = (16, 32, 64, 128, 256, 512, 1024)


class Dump:
    """What C# wrote, as arrays."""

    def __init__(self, path):
        with open(path, "rb") as file:
            magic, size, lanes, outputs, inputs, examples = struct.unpack("<6i", file.read(24))
            if magic != MAGIC:
                raise SystemExit(f"kernel.py: {path} is not a dump")
            dtype = np.dtype({4: np.float32, 8: np.float64}[size])

            def read(kind, *shape):
                return np.fromfile(file, kind, int(np.prod(shape))).reshape(shape)

            row_of = read(np.int32, len(ROWS))
            self.error_quiescent = dtype.type(read(np.float64, 1)[0])
            self.substeps = read(np.int32, examples)
            self.order = read(np.int32, examples)
            weights = read(dtype, outputs, inputs, len(ROWS), lanes)
            self.activation = read(dtype, outputs, 2, lanes)
            self.rates = read(dtype, examples, outputs, 2, lanes)
            self.polar = read(dtype, examples, 2, inputs)
            self.targets = read(dtype, examples, outputs)
        self.dtype = dtype
        self.lanes = lanes
        self.rows = {name: weights[:, :, row] for name, row in zip(ROWS, row_of)}


class Layer:
    """A number of dies in training: arrays [output][input][die] and [output][die]."""

    def __init__(self, dump, dies):
        def repeat(array):
            return np.ascontiguousarray(np.tile(array, dies // dump.lanes))

        self.dump = dump
        self.dies = dies
        self.rows = {name: repeat(row) for name, row in dump.rows.items()}
        self.gain = repeat(dump.activation[:, 0])
        self.offset = repeat(dump.activation[:, 1])
        outputs = self.gain.shape
        self.y = np.empty(self.gain.shape, dump.dtype)
        self.drift = np.empty_like(self.y)
        self.error_p = self.error_n = self.lead = None
        # Buffers are reused: to allocate arrays of this size would take longer than to fill them.
        self.buffers = [np.empty_like(self.rows["P"]) for _ in range(8)]

    def train(self, presentations):
        previous = None
        for example in presentations:
            current = self.dump.polar[example][:, None, :, None]
            if previous is not None:
                self.update(*previous)
            self.read(*current)
            self.solve(example)
            previous = current
        self.update(*previous)

    def update(self, positive, negative):
        """Takes one second-order step of all weights with the mean errors of the last presentation."""
        p, n = self.rows["P"], self.rows["N"]
        gradient_p, gradient_n, source_p, source_n, mean_p, mean_n, product, work = self.buffers
        self.gradient(negative, positive, "UpdPn", "UpdNp", gradient_p, work)
        self.gradient(positive, negative, "UpdPp", "UpdNn", gradient_n, work)
        np.multiply(p, n, product)
        self.source("P", product, source_p, work)
        self.source("N", product, source_n, work)
        self.mean(gradient_p, source_p, mean_p, work)
        self.mean(gradient_n, source_n, mean_n, work)
        np.multiply(mean_p, n, product)
        np.multiply(p, mean_n, work)
        product += work
        self.change("P", gradient_p, source_p, mean_p, product, work)
        self.change("N", gradient_n, source_n, mean_n, product, work)

    def gradient(self, by_positive, by_negative, positive_row, negative_row, out, work):
        np.multiply(self.error_p[:, None], by_positive, out)
        out *= self.rows[positive_row]
        np.multiply(self.error_n[:, None], by_negative, work)
        work *= self.rows[negative_row]
        out += work

    def source(self, half, product, out, work):
        """Change of a half in a step by decay, cross-coupling and quiescent current."""
        np.multiply(self.rows["Decay" + half], self.rows[half], out)
        out += self.rows["Quiescent" + half]
        np.multiply(self.rows["Cross" + half], product, work)
        out += work

    def mean(self, gradient, source, out, work):
        np.multiply(gradient, self.lead[:, None], out)
        np.multiply(source, self.dump.dtype.type(0.5), work)
        out += work

    def change(self, half, gradient, source, mean, mean_product, work):
        gradient += source
        state = self.rows[half]
        state += gradient
        np.multiply(self.rows["Decay" + half], mean, work)
        state += work
        np.multiply(self.rows["Cross" + half], mean_product, work)
        state += work

    def read(self, positive, negative):
        """Outputs of the next presentation, and how they would drift without errors."""
        p, n = self.rows["P"], self.rows["N"]
        gain_p, gain_n, source_p, source_n, _, _, product, work = self.buffers
        self.forward(negative, positive, "FwdNp", "FwdPp", gain_p, work)
        self.forward(positive, negative, "FwdPn", "FwdNn", gain_n, work)
        np.multiply(p, n, product)
        self.source("P", product, source_p, work)
        self.source("N", product, source_n, work)
        self.add_up(gain_p, p, gain_n, n, self.y, product, work)
        self.add_up(gain_p, source_p, gain_n, source_n, self.drift, product, work)

    def forward(self, first, second, first_row, second_row, out, work):
        np.multiply(first, self.rows[first_row], out)
        np.multiply(second, self.rows[second_row], work)
        out += work

    def add_up(self, gain_p, p, gain_n, n, out, product, work):
        np.multiply(gain_p, p, product)
        np.multiply(gain_n, n, work)
        product += work
        np.add.reduce(product, axis=1, out=out)

    def solve(self, example):
        """Runge-Kutta of fourth order for the outputs over one step: mean errors and their lead."""
        rates = self.dump.rates[example]
        rates = [np.tile(rates[:, side], self.dies // self.dump.lanes) for side in (0, 1)]
        targets = self.dump.targets[example][:, None]
        self.error_p, self.error_n, self.lead = (np.zeros_like(self.y) for _ in range(3))
        substeps = int(self.dump.substeps[example])
        h = 1.0 / substeps
        for j in range(substeps):
            self.substep(rates, targets, 1 - j * h, h)
        self.lead /= self.error_p + self.error_n + self.dump.dtype.type(1e-30)
        self.error_p *= self.dump.dtype.type(h / 6)
        self.error_n *= self.dump.dtype.type(h / 6)

    def substep(self, rates, targets, left, h):
        first = self.slope(self.y, rates, targets, 1, left)
        second = self.slope(self.y + self.scalar(h / 2) * first, rates, targets, 2, left - h / 2)
        third = self.slope(self.y + self.scalar(h / 2) * second, rates, targets, 2, left - h / 2)
        fourth = self.slope(self.y + self.scalar(h) * third, rates, targets, 1, left - h)
        second += third
        second *= self.scalar(2)
        self.y += self.scalar(h / 6) * (first + second + fourth)

    def slope(self, stage, rates, targets, weight, left):
        """Slope of the outputs at a stage; its errors are added to their sums."""
        error_p, error_n = self.errors(stage, targets)
        slope = rates[0] * error_p
        slope += rates[1] * error_n
        slope += self.drift
        both = error_p + error_n
        both *= self.scalar(weight * left)
        self.lead += both
        if weight != 1:
            error_p *= self.scalar(weight)
            error_n *= self.scalar(weight)
        self.error_p += error_p
        self.error_n += error_n
        return slope

    def errors(self, stage, targets):
        """Softmax minus target, split by sign, each part with its quiescent current."""
        z = self.gain * stage
        z += self.offset
        z -= z.max(axis=0)
        np.exp(z, out=z)
        z /= z.sum(axis=0)
        z -= targets
        positive = np.maximum(z, self.scalar(0))
        negative = positive - z
        positive += self.dump.error_quiescent
        negative += self.dump.error_quiescent
        return positive, negative

    # A Python number or a double would turn arrays of single precision into double.
    def scalar(self, value):
        return self.dump.dtype.type(value)


def train(dump, destination):
    layer = Layer(dump, dump.lanes)
    layer.train(dump.order)
    halves = np.stack([layer.rows["P"], layer.rows["N"]], axis=2)
    halves.tofile(destination)


def seconds(dump, dies, presentations):
    layer = Layer(dump, dies)
    order = np.resize(dump.order, presentations)
    layer.train(order[:2])
    start = time.perf_counter()
    layer.train(order)
    return time.perf_counter() - start


def fastest(dump):
    """Of the candidates that are whole batches, the number of dies with the most dies a second."""
    candidates = [dies for dies in CANDIDATES if dies % dump.lanes == 0]
    return max(candidates, key=lambda dies: dies / min(seconds(dump, dies, 5) for _ in range(2)))


def measure(dump, dies):
    presentations = max(5, 50_000 // dies)
    print(presentations, seconds(dump, dies, presentations))


def main(arguments):
    match arguments:
        case ["train", path, destination]:
            train(Dump(path), destination)
        case ["tune", path]:
            print(fastest(Dump(path)))
        case ["time", path, dies]:
            measure(Dump(path), int(dies))
        case _:
            raise SystemExit("usage: kernel.py train DUMP WEIGHTS | tune DUMP | time DUMP DIES")


if __name__ == "__main__":
    main(sys.argv[1:])
