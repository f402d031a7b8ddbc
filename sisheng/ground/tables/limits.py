"""How much is read at most, so that no file can fill the memory or keep the desk waiting."""

MEGABYTE = 1024 * 1024

FILE = 64 * MEGABYTE  # as it lies on the disk
ROWS = 200_000  # below the header, blank ones not counted
COLUMNS = 200
CELL = 4_000  # characters
LINE = 1_000_000  # characters of one line of a csv file: every column full, and some quotation marks
HEADER_ROWS = 15  # the header lies in one of these

UNPACKED = 512 * MEGABYTE  # all parts of a workbook together
STRINGS = 128 * MEGABYTE  # its table of shared texts, which is held in memory,
STRING_COUNT = 2_000_000  # and how many they are
PART = 16 * MEGABYTE  # every other part that is held in memory: styles, the list of sheets
PARTS = 2_000
SHEET_ROW = 8 * MEGABYTE  # one row of a sheet, as XML
SHEET_ROW_CELLS = 16_384  # Excel's own bounds
SHEET_ROWS = 1_048_576
