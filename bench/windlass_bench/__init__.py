"""Measures Windlass beside other WebAssembly engines. The parts, in the order of the data:

settings    where things are, what the command line asked for
kernels     the kernels and their amounts of work
rivals      one small adapter for each engine: how to get it, how to run a program
process     one child process, with its CPU time and memory
measure     kernels, first runs, whole programs, cold starts
report      results as Markdown and JSON; chart: as SVG
"""
