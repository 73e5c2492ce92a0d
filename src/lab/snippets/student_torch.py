"""Draws images with a distilled student: its safetensors file in PyTorch.

    pip install torch numpy
    python student_torch.py        # writes student.ppm, which image viewers open

t = 0 is noise, t = 1 is clean; the network predicts the velocity v = x - noise.
"""

import json
import math

import torch
import torch.nn.functional as F

FILE = "student.safetensors"
STEPS = 1
SHAPE = [3, 16, 16]
ATTRIBUTES = {"colour": ["red", "blue"]}
PROMPT = {"colour": "red"}
IMAGES = 8


def load(path):
    """Tensors by name, and the metadata. The format: length of the header, header, bytes."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data[start + begin : start + end], dtype=torch.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors, metadata


class Student:
    def __init__(self, tensors, metadata):
        self.w = tensors
        self.depth, self.heads, self.patch = (int(metadata[key]) for key in ("depth", "heads", "patch"))

    def linear(self, name, x):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def modulate(self, x, shift, scale):
        return F.layer_norm(x, x.shape[-1:], eps=1e-5) * (1 + scale) + shift

    def attention(self, name, x):
        batch, tokens, width = x.shape
        qkv = self.linear(name + ".qkv", x).reshape(batch, tokens, 3, self.heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        shares = (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(-1)
        return self.linear(name + ".out", (shares @ v).transpose(1, 2).reshape(batch, tokens, width))

    def velocity(self, x, t, ids):
        """x (B, C, H, W), t (B), ids (B, A) with -1 for what is left open, to v (B, C, H, W)."""
        batch, channels, height, width = x.shape
        p = self.patch
        angles = t[:, None] * 1000 * torch.exp(-math.log(1000) * torch.arange(32) / 32)
        turns = torch.cat([angles.sin(), angles.cos()], 1)
        c = self.linear("timeEmbed.fc2", F.silu(self.linear("timeEmbed.fc1", turns)))
        for index, (name, values) in enumerate(ATTRIBUTES.items()):
            rows = torch.where(ids[:, index] < 0, len(values), ids[:, index])
            c = c + self.w[f"attrEmbed.{name}.weight"][rows]
        c = F.silu(c)[:, None]

        split = (batch, channels, height // p, p, width // p, p)
        tokens = x.reshape(split).permute(0, 2, 4, 1, 3, 5).reshape(batch, -1, channels * p * p)
        y = self.linear("patchEmbed", tokens) + self.w["posEmbed"]
        for index in range(self.depth):
            block = f"blocks.{index}"
            m = self.linear(block + ".modulation", c).chunk(6, -1)
            y = y + m[2] * self.attention(block + ".attn", self.modulate(y, m[0], m[1]))
            hidden = self.linear(block + ".mlp.fc1", self.modulate(y, m[3], m[4]))
            y = y + m[5] * self.linear(block + ".mlp.fc2", F.gelu(hidden, approximate="tanh"))
        shift, scale = self.linear("final.modulation", c).chunk(2, -1)
        out = self.linear("final.linear", self.modulate(y, shift, scale))
        grid = out.reshape(batch, height // p, width // p, channels, p, p)
        return grid.permute(0, 3, 1, 4, 2, 5).reshape(x.shape)

    @torch.no_grad()
    def sample(self, ids, noise):
        """ids (B, A), noise (STEPS, B, C, H, W) to images (B, C, H, W) in [0, 1]."""
        z = noise[0]
        for step in range(STEPS):
            t = step / STEPS
            x0 = z + (1 - t) * self.velocity(z, torch.full((len(z),), t), ids)
            if step + 1 < STEPS:
                level = (step + 1) / STEPS
                z = level * x0 + (1 - level) * noise[step + 1]
        return ((x0 + 1) / 2).clamp(0, 1)


def ids_of(prompt):
    """Value ids of all attributes; -1 leaves one open."""
    return [values.index(prompt[name]) if name in prompt else -1 for name, values in ATTRIBUTES.items()]


def save(path, images):
    """Images (B, 3, H, W) in [0, 1], side by side."""
    row = torch.cat(list(images), 2)
    with open(path, "wb") as file:
        file.write(b"P6 %d %d 255\n" % (row.shape[2], row.shape[1]))
        file.write(bytes((row.permute(1, 2, 0) * 255).round().byte().flatten().tolist()))


if __name__ == "__main__":
    torch.manual_seed(1)
    noise = torch.randn(STEPS, IMAGES, *SHAPE)
    ids = torch.tensor([ids_of(PROMPT)] * IMAGES)
    save("student.ppm", Student(*load(FILE)).sample(ids, noise))
