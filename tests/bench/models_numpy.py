"""Recurrent networks and Bayesian personalised ranking in numpy, each step a few calls on whole arrays."""

import numpy as np


def logistic(x):
    return 1 / (1 + np.exp(-x))


class Adam:
    """Adam over a list of arrays. Source: Kingma & Ba 2015."""

    def __init__(self, parameters, rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters = parameters
        self.first = [np.zeros_like(p) for p in parameters]
        self.second = [np.zeros_like(p) for p in parameters]
        self.rate, self.beta1, self.beta2, self.epsilon = rate, beta1, beta2, epsilon
        self.steps = 0

    def step(self, gradients):
        self.steps += 1
        rate = self.rate * np.sqrt(1 - self.beta2**self.steps) / (1 - self.beta1**self.steps)
        for p, m, v, g in zip(self.parameters, self.first, self.second, gradients):
            m += (1 - self.beta1) * (g - m)
            v += (1 - self.beta2) * (g * g - v)
            p -= np.float32(rate) * m / (np.sqrt(v) + np.float32(self.epsilon))


class Lstm:
    """Gates in the order input, forget, candidate, output."""

    gates = 4

    def forward(self, x, inner, hidden):
        self.hidden = h = hidden
        count, steps, _ = x.shape
        self.states = [np.zeros((count, h), np.float32)]
        self.cells = [np.zeros((count, h), np.float32)]
        self.kept = []
        for t in range(steps):
            z = x[:, t] + self.states[-1] @ inner
            gates = logistic(z)
            candidate = np.tanh(z[:, 2 * h : 3 * h])
            cell = gates[:, h : 2 * h] * self.cells[-1] + gates[:, :h] * candidate
            squashed = np.tanh(cell)
            self.kept.append((gates, candidate, squashed))
            self.cells.append(cell)
            self.states.append(gates[:, 3 * h :] * squashed)
        return self.states[-1]

    def backward(self, pull, inner):
        h, steps = self.hidden, len(self.kept)
        dz = np.empty((steps, len(pull), 4 * h), np.float32)
        dcell = np.zeros_like(pull)
        for t in reversed(range(steps)):
            gates, candidate, squashed = self.kept[t]
            i, f, o = gates[:, :h], gates[:, h : 2 * h], gates[:, 3 * h :]
            dcell = dcell + pull * o * (1 - squashed * squashed)
            dz[t, :, :h] = dcell * candidate * i * (1 - i)
            dz[t, :, h : 2 * h] = dcell * self.cells[t] * f * (1 - f)
            dz[t, :, 2 * h : 3 * h] = dcell * i * (1 - candidate * candidate)
            dz[t, :, 3 * h :] = pull * squashed * o * (1 - o)
            dcell = dcell * f
            pull = dz[t] @ inner.T
        before = np.stack(self.states[:-1]).reshape(-1, h)
        return dz, [before.T @ dz.reshape(-1, 4 * h)]


class Gru:
    """Gates in the order reset, update, candidate; the reset gate takes in the intercepts of what comes from the state."""

    gates = 3

    def forward(self, x, inner, hidden):
        self.hidden = h = hidden
        count, steps, _ = x.shape
        self.states = [np.zeros((count, h), np.float32)]
        self.kept = []
        for t in range(steps):
            state = self.states[-1]
            from_state = state @ inner
            gates = logistic(x[:, t, : 2 * h] + from_state[:, : 2 * h])
            reset, update = gates[:, :h], gates[:, h:]
            candidate = np.tanh(x[:, t, 2 * h :] + reset * from_state[:, 2 * h :])
            self.kept.append((reset, update, candidate, from_state[:, 2 * h :]))
            self.states.append(update * state + (1 - update) * candidate)
        return self.states[-1]

    def backward(self, pull, inner):
        h, steps = self.hidden, len(self.kept)
        dz = np.empty((steps, len(pull), 3 * h), np.float32)
        dinner = np.empty_like(dz)
        for t in reversed(range(steps)):
            reset, update, candidate, inside = self.kept[t]
            dcandidate = pull * (1 - update) * (1 - candidate * candidate)
            dz[t, :, :h] = dcandidate * inside * reset * (1 - reset)
            dz[t, :, h : 2 * h] = pull * (self.states[t] - candidate) * update * (1 - update)
            dz[t, :, 2 * h :] = dcandidate
            dinner[t] = dz[t]
            dinner[t, :, 2 * h :] *= reset
            pull = pull * update + dinner[t] @ inner.T
        before = np.stack(self.states[:-1]).reshape(-1, h)
        return dz, [before.T @ dinner.reshape(-1, 3 * h)]


def train_recurrent(layer, x, y, hidden, batch, epochs):
    """Trains on shuffled batches; yields the mean loss of each epoch."""
    random = np.random.default_rng(0)
    columns, width = x.shape[2], layer.gates * hidden

    def uniform(inputs, outputs):
        bound = np.sqrt(6 / (inputs + outputs))
        return random.uniform(-bound, bound, (inputs, outputs)).astype(np.float32)

    outer, inner = uniform(columns, width), uniform(hidden, width)
    shift = np.zeros(width, np.float32)
    last, offset = uniform(hidden, 1), np.zeros(1, np.float32)
    adam = Adam([outer, inner, shift, last, offset])
    for _ in range(epochs):
        losses = []
        order = random.permutation(len(x))
        for at in range(0, len(x), batch):
            which = order[at : at + batch]
            rows, target = x[which], y[which, None]
            state = layer.forward(rows @ outer + shift, inner, hidden)
            logit = state @ last + offset
            losses.append(np.mean(np.logaddexp(0, logit) - target * logit))
            pull = (logistic(logit) - target) / len(which)
            dz, dinner = layer.backward(pull @ last.T, inner)
            flat = dz.reshape(-1, width)
            douter = rows.transpose(1, 0, 2).reshape(-1, columns).T @ flat
            adam.step([douter, *dinner, flat.sum(0), state.T @ pull, pull.sum(0)])
        yield np.mean(losses)


def train_ranking(users, items, row_of, liked, batch, rate, penalty, epochs):
    """Factors of users and items, their last column the bias, by the summed gradients of each batch of draws."""
    random = np.random.default_rng(0)
    for _ in range(epochs):
        for at in range(0, len(liked), batch):
            pairs = random.integers(0, len(liked), min(batch, len(liked) - at))
            u, i = row_of[pairs], liked[pairs]
            j = liked[random.integers(0, len(liked), len(pairs))]
            x, y, z = users[u], items[i], items[j]
            pull = logistic(-np.sum(x * (y - z), 1))[:, None]
            step = pull * (y - z) - penalty * x
            step[:, -1] = 0
            np.add.at(users, u, rate * step)
            np.add.at(items, i, rate * (pull * x - penalty * y))
            np.add.at(items, j, rate * (-pull * x - penalty * z))
        yield users, items
