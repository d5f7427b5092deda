"""The models of reviews by the names that pages and plots use."""

TITLES = {
    "bag_of_words": "bag of words",
    "tfidf": "n-grams of 1-3 words, by inverse frequency",
    "nb_svm": "n-grams of 1-3 words, by naive Bayes (NB-SVM)",
    "documents_train": "document vectors of training texts",
    "documents_all": "document vectors, unlabelled test texts too",
    "hidden": "one hidden layer (lesson)",
    "convolution": "convolution (lesson)",
    "multi_size": "convolutions of 3, 4, 5 words (lesson)",
    "lstm": "LSTM (lesson)",
    "lstm_pretrained": "LSTM, pre-trained as a language model",
    "bigram_average": "average of words and pairs (fastText)",
    "random_frozen": "random vectors, frozen (control)",
    "random_tuned": "random vectors, trained (control)",
    "text_frozen": "vectors of these reviews, frozen",
    "text_tuned": "vectors of these reviews, trained on",
    "glove_frozen": "GloVe, frozen (lesson)",
    "glove_tuned": "GloVe, trained (lesson)",
    "ensemble": "ensemble, weights by validation",
    "ensemble_equal": "ensemble, equal weights (control)",
    "ensemble_inductive": "ensemble without test texts (control)",
}
