"""Draws images with a distilled student: numpy and onnxruntime.

    pip install numpy onnxruntime
    python student_onnx.py        # writes student.ppm, which image viewers open

t = 0 is noise, t = 1 is clean. Works with both forms of the file (network, generator).
"""

import numpy as np

FILE = "student.onnx"
STEPS = 1
SHAPE = [3, 16, 16]
ATTRIBUTES = {"colour": ["red", "blue"]}
PROMPT = {"colour": "red"}
IMAGES = 8


def ids_of(prompt):
    """Value ids of all attributes; -1 leaves one open."""
    return [values.index(prompt[name]) if name in prompt else -1 for name, values in ATTRIBUTES.items()]


def sample(session, ids, noise):
    """ids (B, A), noise (STEPS, B, C, H, W) to images (B, C, H, W) in [0, 1]."""
    prompt = np.asarray(ids, np.int64)
    if session.get_inputs()[0].name == "noise":
        return session.run(["image"], {"noise": noise, "prompt": prompt})[0]
    z = noise[0]
    for step in range(STEPS):
        t = np.full(len(z), step / STEPS, np.float32)
        x0 = session.run(["x0"], {"x_t": z, "t": t, "prompt": prompt})[0]
        if step + 1 < STEPS:
            level = np.float32((step + 1) / STEPS)
            z = level * x0 + (1 - level) * noise[step + 1]
    return np.clip((x0 + 1) / 2, 0, 1)


def save(path, images):
    """Images (B, 3, H, W) in [0, 1], side by side."""
    row = np.concatenate(list(images), axis=2)
    with open(path, "wb") as file:
        file.write(b"P6 %d %d 255\n" % (row.shape[2], row.shape[1]))
        file.write((row.transpose(1, 2, 0) * 255).round().astype(np.uint8).tobytes())


if __name__ == "__main__":
    import onnxruntime

    session = onnxruntime.InferenceSession(FILE, providers=["CPUExecutionProvider"])
    noise = np.random.default_rng(1).standard_normal([STEPS, IMAGES, *SHAPE], np.float32)
    save("student.ppm", sample(session, [ids_of(PROMPT)] * IMAGES, noise))
