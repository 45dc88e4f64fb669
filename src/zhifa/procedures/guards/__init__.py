"""What forbids a step of a penalty (不得为之的情形): one generator a rule, each with its article.

A guard yields every violation it finds. One that needs the data of the step says nothing while a page
asks beforehand (`judged.data is None`).
"""
