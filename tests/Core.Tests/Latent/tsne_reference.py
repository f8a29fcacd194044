"""Writes tsne_reference.json: scikit-learn's joint probabilities and final divergence on a fixed input."""
import json, numpy as np
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities

# Five clouds of 24 points in 8 dimensions from a linear congruential generator: the same input in any language.
state = 1
def uniform():
    global state
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648.0

points = np.array([[(4.0 if d == c else 0.0) + sum(uniform() for _ in range(4)) - 2.0 for d in range(8)]
                   for c in range(5) for _ in range(24)])
joint = squareform(_joint_probabilities(squareform(pdist(points, "sqeuclidean")).astype(np.float32), 15.0, 0))
divergences = []
for seed in range(5):
    model = TSNE(perplexity=15.0, method="exact", init="random", learning_rate="auto", n_iter=1000, random_state=seed)
    model.fit_transform(points)
    divergences.append(float(model.kl_divergence_))
model = TSNE(perplexity=15.0, method="exact", init="pca", learning_rate="auto", n_iter=1000)
model.fit_transform(points)
json.dump({"perplexity": 15.0, "probe": [[i, j, float(joint[i, j])] for i, j in [(0, 1), (0, 23), (0, 24), (5, 17), (50, 60), (119, 96), (30, 100)]],
           "divergenceFromComponents": float(model.kl_divergence_), "divergencesFromNoise": divergences,
           "largest": float(joint.max())}, open("tsne_reference.json", "w"), indent=2)
