"""Writes sobol-directions.csv: the direction numbers of scipy's Sobol engine (Joe and Kuo 2008), 64 dimensions x 30 bits.

Run: python3 sobol-directions.py (made with scipy 1.10.1; each number is a binary fraction times 2^30).
"""
import csv
import os

from scipy.stats import qmc

sobol = qmc.Sobol(64, scramble=False)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sobol-directions.csv"), "w", newline="") as f:
    writer = csv.writer(f, lineterminator="\n")
    for row in sobol._sv:
        writer.writerow(int(v) for v in row)
