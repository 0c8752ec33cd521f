"""How employers and students keep their word: answers, results, ratings, no-shows. 履约"""
