# SPDX-License-Identifier: Apache-2.0
"""Times the library against heatmap code in Python, both in this process, in turn.

usage: peers.py LIBRARY ROUNDS. Prints lines of fields separated by tabs: row NAME AGAINST OURS THEIRS (seconds a call,
medians) or skipped NAME REASON.
"""
import ctypes
import statistics
import sys
import time

PEOPLE, JOINTS, ROWS, COLS, SIGMA = 8, 17, 64, 48, 2.0


class Maps(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p),
        ("count", ctypes.c_int),
        ("rows", ctypes.c_int),
        ("cols", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("map_step", ctypes.c_size_t),
        ("row_step", ctypes.c_size_t),
        ("col_step", ctypes.c_size_t),
        ("scale", ctypes.c_double),
        ("zero", ctypes.c_double),
    ]


class Keypoint(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double), ("map", ctypes.c_int), ("gaussian", ctypes.c_void_p)]


class Library:
    """The functions that are timed. A convention is found by name and never looked into."""

    def __init__(self, path):
        self.functions = ctypes.CDLL(path)
        self.functions.cvh_encode.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_void_p] * 2

    def convention(self, name):
        found = ctypes.create_string_buffer(4096)
        if self.functions.cvh_convention_find(name.encode(), found):
            raise ValueError(name)
        return found

    def encoder(self, name, xy, out):
        """A call that draws xy[person][joint] on out[person][joint]."""
        convention = self.convention(name)
        count = xy.shape[0] * xy.shape[1]
        points = (Keypoint * count)()
        for i, (x, y) in enumerate(xy.reshape(-1, 2)):
            points[i] = Keypoint(x, y, i, None)
        maps = Maps(out.ctypes.data, count, *out.shape[2:], 5)

        def call():
            if self.functions.cvh_encode(ctypes.byref(maps), points, count, convention, None):
                raise RuntimeError("cvh_encode failed")

        return call


def numpy_loop(numpy, xy, out):
    """A stack as training code in NumPy draws it: joint by joint, the window's Gaussian made once."""
    radius = int(3 * SIGMA)
    offsets = numpy.arange(-radius, radius + 1, dtype=numpy.float32)
    window = numpy.exp(-(offsets[:, None] ** 2 + offsets[None, :] ** 2) / (2 * SIGMA**2))
    out[...] = 0
    for person in range(xy.shape[0]):
        for joint in range(xy.shape[1]):
            col, row = (int(value + 0.5) for value in xy[person, joint])
            top, bottom = max(row - radius, 0), min(row + radius + 1, ROWS)
            left, right = max(col - radius, 0), min(col + radius + 1, COLS)
            part = window[top - row + radius : bottom - row + radius, left - col + radius : right - col + radius]
            out[person, joint, top:bottom, left:right] = part


def cv2_loop(cv2, xy, out):
    """The tutorial's first method, joint by joint."""
    out[...] = 0
    for person in range(xy.shape[0]):
        for joint in range(xy.shape[1]):
            x, y = (int(value) for value in xy[person, joint])
            out[person, joint, y, x] = 1
            blurred = cv2.GaussianBlur(out[person, joint], (15, 15), SIGMA)
            out[person, joint] = blurred / (blurred.max() / 255)


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def row(name, against, ours, theirs, rounds):
    ours(), theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(rounds)]
    a, b = (statistics.median(side) for side in zip(*pairs))
    print("row", name, against, a, b, sep="\t", flush=True)


def skipped(name, reason):
    print("skipped", name, reason, sep="\t", flush=True)


def cv2_row(numpy, library, xy, ours, theirs, rounds):
    name = "peer cv2 loop, tutorial_blur 8x17 64x48"
    try:
        import cv2
    except ImportError:
        return skipped(name, "this python3 has no cv2")
    blur = library.encoder("tutorial_blur", numpy.floor(xy), ours)
    row(name, "cv2.GaussianBlur, max, scale", blur, lambda: cv2_loop(cv2, xy, theirs), rounds)


def mmpose_row(numpy, library, convention, function, xy, rounds):
    name = "peer mmpose, " + convention + " 8x17 64x48"
    try:
        from mmpose.codecs import utils
    except ImportError:
        return skipped(name, "this python3 has no mmpose")
    ours = numpy.zeros((PEOPLE, JOINTS, ROWS, COLS), numpy.float32)
    visible = numpy.ones((1, JOINTS), numpy.float32)

    def theirs():
        for person in range(PEOPLE):
            getattr(utils, function)((COLS, ROWS), xy[person : person + 1], visible, SIGMA)

    row(name, function, library.encoder(convention, xy, ours), theirs, rounds)


def main(path, rounds):
    try:
        import numpy
    except ImportError as error:
        return skipped("peers", "this python3 has no " + str(error.name))
    library = Library(path)
    xy = numpy.random.default_rng(1).uniform((0, 0), (COLS - 1, ROWS - 1), (PEOPLE, JOINTS, 2))
    ours, theirs = (numpy.zeros((PEOPLE, JOINTS, ROWS, COLS), numpy.float32) for _ in range(2))

    encode = library.encoder("hrnet", xy, ours)
    encode()
    numpy_loop(numpy, xy, theirs)
    if not numpy.allclose(ours, theirs, atol=1e-6):
        raise RuntimeError("cvh_encode and the loop in NumPy disagree")
    row("peer NumPy loop, msra 8x17 64x48", "per-joint loop", encode, lambda: numpy_loop(numpy, xy, theirs), rounds)
    cv2_row(numpy, library, xy, ours, theirs, rounds)
    mmpose_row(numpy, library, "mmpose_msra", "generate_gaussian_heatmaps", xy, rounds)
    mmpose_row(numpy, library, "mmpose_udp", "generate_udp_gaussian_heatmaps", xy, rounds)
    mmpose_row(numpy, library, "mmpose_dark", "generate_unbiased_gaussian_heatmaps", xy, rounds)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
