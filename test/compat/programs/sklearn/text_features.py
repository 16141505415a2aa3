from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.naive_bayes import MultinomialNB

texts = ["cheap pills buy now", "meeting at noon", "buy cheap watches", "lunch meeting tomorrow", "cheap cheap offer"]
labels = [1, 0, 1, 0, 1]
counts = CountVectorizer()
matrix = counts.fit_transform(texts)
print(counts.get_feature_names_out(), matrix.toarray()[4], matrix.shape)
model = MultinomialNB().fit(matrix, labels)
print(model.predict(counts.transform(["cheap offer now", "noon lunch"])), model.predict_proba(counts.transform(["buy lunch"])).round(4))
tfidf = TfidfVectorizer(stop_words="english", ngram_range=(1, 2)).fit_transform(texts)
print(cosine_similarity(tfidf)[0].round(4), tfidf.nnz)
