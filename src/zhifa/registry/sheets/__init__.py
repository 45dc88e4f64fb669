"""Spreadsheets (表格): files of the office read into rows, and rows written into files.

Reading never changes or runs anything in a file; what a file is, is judged by its content, not its name.
"""
