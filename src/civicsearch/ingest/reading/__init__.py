"""What short texts say: dates, names, languages, and the words of the site round the story."""
