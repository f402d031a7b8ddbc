"""Tables as other systems really write them: csv and xlsx files, read strictly, with the address of every cell.

`read_table` finds the header, `Table.rows` streams what lies below it, `values` says what a cell means, and `plan`
compares it with what is already known. A file that cannot be read without guessing is refused with a sentence.
"""

from sisheng.ground.tables.fields import Field
from sisheng.ground.tables.reading import Row, Table, read_table
from sisheng.ground.tables.refusals import UnreadableFile

__all__ = ["Field", "Row", "Table", "UnreadableFile", "read_table"]
