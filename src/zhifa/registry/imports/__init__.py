"""Tables of the office into the registry and out again (导入导出): one module a kind.

Each kind reads rows, judges them against what is registered, and writes the good ones through this room's
services; its export has the same columns, so that what was exported can be imported.
"""
