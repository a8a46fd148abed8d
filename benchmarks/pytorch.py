"""The training steps of engine.ts in PyTorch: reads a workload's name per line, answers with the milliseconds of a
step, as processor time."""
import ctypes
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.manual_seed(0)


def mlp(*widths):
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers += [nn.Linear(a, b)] + ([nn.ReLU()] if i < len(widths) - 2 else [])
    return nn.Sequential(*layers)


def classifier(widths, batch, penalty=None, after=None):
    net = mlp(*widths)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x, y = torch.rand(batch, widths[0]), torch.randint(0, widths[-1], (batch,))
    state = {}

    def step():
        adam.zero_grad()
        loss = F.cross_entropy(net(x), y)
        if penalty:
            loss = loss + penalty(net, state)
        loss.backward()
        if after:
            before = [p.detach().clone() for p in net.parameters()]
        adam.step()
        if after:
            after(net, state, before)
        return loss.item()

    return step


def ewc_penalty(net, state):
    """Five anchors as five terms, as the reference implementation keeps them."""
    if "anchors" not in state:
        state["anchors"] = [[(p.detach().clone(), torch.rand_like(p)) for p in net.parameters()] for _ in range(5)]
    losses = []
    for anchors in state["anchors"]:
        for p, (mean, fisher) in zip(net.parameters(), anchors):
            losses.append((fisher * (p - mean) ** 2).sum())
    return 0.5 * 1e-3 * sum(losses)


def si_penalty(net, state):
    if "omega" not in state:
        state["omega"] = [(p.detach().clone(), torch.rand_like(p)) for p in net.parameters()]
        state["path"] = [torch.zeros_like(p) for p in net.parameters()]
    return 1e-3 * sum((o * (p - a) ** 2).sum() for p, (a, o) in zip(net.parameters(), state["omega"]))


def si_path(net, state, before):
    for w, p, old in zip(state["path"], net.parameters(), before):
        w.add_(-p.grad * (p.detach() - old))


class Vae(nn.Module):
    def __init__(self, inputs=784, hidden=400, latent=100, classes=10, gates=False):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU())
        self.mean, self.logvar = nn.Linear(hidden, latent), nn.Linear(hidden, latent, bias=False)
        self.decoder = nn.ModuleList([nn.Linear(latent, hidden), nn.Linear(hidden, hidden), nn.Linear(hidden, inputs)])
        self.inputs, self.latent = inputs, latent
        if gates:
            self.readout = nn.Linear(hidden, classes)
            self.modes = nn.Parameter(torch.randn(classes, latent))
            self.logvars = nn.Parameter(torch.randn(classes, latent))
            self.tables = [(torch.rand(classes, hidden) > 0.8).float() for _ in range(2)]

    def decode(self, z, shares=None):
        for i in range(2):
            z = self.decoder[i](z)
            if shares is not None:
                z = z * (shares @ self.tables[i])
            z = F.relu(z)
        return self.decoder[2](z)

    def loss(self, x, h, shares=None, soft=False):
        mean, logvar = self.mean(h), self.logvar(h)
        noise = torch.randn_like(mean)
        z = mean + torch.exp(0.5 * logvar) * noise
        recon = F.binary_cross_entropy_with_logits(self.decode(z, shares), x, reduction="none").mean(1)
        if shares is None:
            variational = -0.5 * (1 + logvar - mean**2 - logvar.exp()).sum(1)
        else:
            log_q = -0.5 * (logvar + noise**2).sum(1)
            d = -0.5 * (self.logvars + (z[:, None] - self.modes) ** 2 / self.logvars.exp()).sum(2)
            variational = log_q - torch.logsumexp(d + torch.log(shares.clamp(min=1e-30)), 1)
        return (recon + variational / self.inputs).mean()


def brain_inspired_replay():
    net, old = Vae(gates=True), Vae(gates=True)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x, y = torch.rand(128, 784), torch.randint(8, 10, (128,))
    one_hot = F.one_hot(y, 10).float()

    def step():
        with torch.no_grad():
            c = torch.randint(0, 8, (128,))
            z = old.modes[c] + torch.exp(0.5 * old.logvars[c]) * torch.randn(128, 100)
            made = torch.sigmoid(old.decode(z, F.one_hot(c, 10).float()))
            answers = torch.softmax(old.readout(old.encoder(made)) / 2, 1)
        adam.zero_grad()
        h = net.encoder(x)
        current = F.cross_entropy(net.readout(h), y) + net.loss(x, h, one_hot)
        h = net.encoder(made)
        distilled = -(answers * F.log_softmax(net.readout(h) / 2, 1)).sum(1).mean()
        replayed = distilled + net.loss(made, h, answers)
        loss = 0.2 * current + 0.8 * replayed
        loss.backward()
        adam.step()
        return loss.item()

    return step


def autoencoder():
    net = Vae()
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x = torch.rand(128, 784)

    def step():
        adam.zero_grad()
        loss = net.loss(x, net.encoder(x))
        loss.backward()
        adam.step()
        return loss.item()

    return step


def convnet(channels, strides):
    layers, inputs, size = [], 3, 32
    for outputs, stride in zip(channels, strides):
        layers += [nn.Conv2d(inputs, outputs, 3, stride, padding=1), nn.ReLU()]
        inputs, size = outputs, (size + stride - 1) // stride
    net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(size * size * inputs, 10))
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x, y = torch.rand(128, 3, 32, 32), torch.randint(0, 10, (128,))

    def step():
        adam.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        adam.step()
        return loss.item()

    return step


blas = ctypes.CDLL("libopenblas.so.0")
blas.openblas_set_num_threads(1)
blas.openblas_get_corename.restype = ctypes.c_char_p


def products(widths, rows):
    """The matrix products of one step of a perceptron, straight from the BLAS library."""
    shapes = []
    for layer, (a, b) in enumerate(zip(widths, widths[1:])):
        shapes += [(0, 0, rows, b, a), (1, 0, a, b, rows)] + ([(0, 1, rows, a, b)] if layer else [])
    calls = []
    for ta, tb, m, n, k in shapes:
        a, b, c = torch.rand(m * k), torch.rand(k * n), torch.zeros(m * n)
        arguments = [101, 112 if ta else 111, 112 if tb else 111, m, n, k, ctypes.c_float(1), ctypes.c_void_p(a.data_ptr()), m if ta else k]
        arguments += [ctypes.c_void_p(b.data_ptr()), k if tb else n, ctypes.c_float(0), ctypes.c_void_p(c.data_ptr()), n]
        calls.append((arguments, (a, b, c)))

    def step():
        for arguments, _ in calls:
            blas.cblas_sgemm(*arguments)

    return step


workloads = {
    "W1": lambda: classifier((784, 400, 400, 10), 128),
    "W2": lambda: classifier((784, 2000, 2000, 10), 256),
    "W3": autoencoder,
    "W4s": lambda: convnet([16, 32, 64], [2, 2, 2]),
    "W4": lambda: convnet([16, 32, 64, 128, 256], [1, 2, 2, 2, 2]),
    "GEMM W1": lambda: products((784, 400, 400, 10), 128),
    "GEMM W2": lambda: products((784, 2000, 2000, 10), 256),
    "W1 + EWC after 5 tasks": lambda: classifier((784, 400, 400, 10), 128, ewc_penalty),
    "W1 + SI": lambda: classifier((784, 400, 400, 10), 128, si_penalty, si_path),
    "BI-R step": brain_inspired_replay,
}

print(f"PyTorch {torch.__version__} (OpenBLAS {blas.openblas_get_corename().decode()})", flush=True)
for line in sys.stdin:
    name, seconds = line.rstrip("\n").rsplit(" ", 1)
    step, steps = workloads[name](), 0
    for _ in range(5):
        step()
    begun, used = time.perf_counter(), time.process_time()
    while time.perf_counter() < begun + float(seconds) or steps < 5:
        step()
        steps += 1
    print((time.process_time() - used) * 1000 / steps, flush=True)
