import numpy as np
from sklearn.cluster import DBSCAN, KMeans
from sklearn.datasets import make_blobs
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

x, truth = make_blobs(n_samples=120, centers=3, cluster_std=0.7, random_state=4)
means = KMeans(3, n_init=5, random_state=0).fit(x)
order = np.lexsort(means.cluster_centers_.T)
print(means.cluster_centers_[order].round(3), round(means.inertia_, 3), round(silhouette_score(x, means.labels_), 4), sep="\n")
print(sorted(np.bincount(means.labels_)), len(set(DBSCAN(eps=0.9).fit_predict(x)) - {-1}))
pca = PCA(1).fit(x)
print(pca.explained_variance_ratio_.round(5), np.abs(pca.components_).round(4))
