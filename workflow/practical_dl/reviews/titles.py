"""What the models of reviews are called where people read."""

TITLES = {
    "hidden": "one hidden layer (lesson)",
    "convolution": "convolution (lesson)",
    "multi_size": "convolutions of three sizes (lesson)",
    "lstm": "LSTM (lesson)",
    "glove_frozen": "GloVe's vectors, frozen (lesson)",
    "glove_tuned": "GloVe's vectors, tuned (lesson)",
    "text_frozen": "vectors made from the text, frozen",
    "text_tuned": "vectors made from the text, tuned",
    "random_frozen": "control: random vectors, frozen",
    "random_tuned": "control: random vectors, tuned",
    "bag_of_words": "bag of words",
    "tfidf": "runs of words by frequency",
    "nb_svm": "NB-SVM",
    "bigram_average": "average of words and pairs",
    "ensemble": "ensemble",
    "ensemble_equal": "control: ensemble, equal weights",
}
