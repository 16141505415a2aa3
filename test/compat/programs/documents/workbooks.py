from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

book = Workbook()
sheet = book.active
sheet.title = "Sales"
sheet.append(["Item", "Count", "Price"])
for row in (["tea", 3, 2.5], ["pot", 1, 19.99]):
    sheet.append(row)
sheet["D1"], sheet["D2"] = "Total", "=B2*C2"
sheet["A1"].font, sheet["A1"].fill = Font(bold=True), PatternFill("solid", fgColor="FFFF00")
sheet.column_dimensions["A"].width = 20
chart = BarChart()
chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
sheet.add_chart(chart, "F2")
book.create_sheet("Notes")["A1"] = "grüße"
book.save("sales.xlsx")
again = load_workbook("sales.xlsx")
print(again.sheetnames, [[cell.value for cell in row] for row in again["Sales"]], again["Sales"]["A1"].font.bold, again["Notes"]["A1"].value)
print(again["Sales"].dimensions, get_column_letter(28), sum(r[1] for r in again["Sales"].iter_rows(min_row=2, values_only=True)))
