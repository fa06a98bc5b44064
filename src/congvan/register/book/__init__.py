"""The printed book of the decree: its lines, as a Word document and as a workbook."""
