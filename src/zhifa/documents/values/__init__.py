"""The typed values of every official document (文书的数据): one frozen class a type.

Money is in fen, days are local dates, instants are aware; nothing here is formatted for print,
and only what a person writes is free text, its paragraphs parted by line breaks.
"""
