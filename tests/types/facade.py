"""Names of the façade that a type checker must accept or refuse; a line it must refuse ends with ``# refused``."""

import congvan
import congvan.run

known = congvan.load_campaign
misspelt = congvan.lod_campaign  # refused
known_of_a_run = congvan.run.worker_pool
misspelt_of_a_run = congvan.run.workerpool  # refused
source: congvan.RecipientSource = congvan.rows_source([{"ma": "sct"}], "các sở")
rows: congvan.RecipientSource = [{"ma": "sct"}]  # refused
line: congvan.inspect.Line = congvan.facts("a.pdf").lines[0]
misspelt_of_a_letter: congvan.inspect.Lyne  # refused
engine: congvan.Engine = congvan.pdf.engine("dxpdf")
