"""How fast searching and indexing is, next to other engines given the same words and questions.

    sh script/bench search --documents 5000

`articles` and `queries` make the material, `peers/` holds one adapter each, `child` builds and
opens in processes of their own, `run` measures and writes raw numbers, `report` makes the table
and the plot of docs/benchmarks.md from them.
"""
