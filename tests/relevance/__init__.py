"""Measures how good the answers are: judged queries, ways of typing them, peers, and the gate."""
