"""Every place in the program where something can leave it, and what keeps secret records in.

A new writer of files, a new print, a new copy to the clipboard fails ``test_exits.py`` until it has
a line here: the test that shows that nothing with a mark of secrecy leaves by it without a second
act of the user, or the reason why nothing of a record can.
"""

from __future__ import annotations

from collections.abc import Mapping

_WINDOW = "tests/desktop/exits/test_second_act.py::test_"
_FILES = "tests/exchange/test_exits.py::test_"
_ALL_FILES = _FILES + "no_file_holds_anything_of_what_has_a_mark"
_PRINT = "tests/desktop/printing/test_print_page.py::test_"

# By module and function: the test, by file and name.
GUARDED: Mapping[str, str] = {
    "cli.commands:export": "tests/cli/test_commands.py::test_what_is_exported_is_noted_and_"
    "confidential_records_need_their_own_word",
    "cli.commands:share": _ALL_FILES,
    "cli.commands:report": _ALL_FILES,
    "desktop.activities.totals_dialog:TotalsDialog.copy": _WINDOW
    + "totals_of_what_has_a_mark_are_copied_after_a_question",
    "ledger.backup:_copy": "tests/desktop/pages/test_settings.py::test_a_backup_with_secrets"
    "_is_made_after_a_question_and_noted",
    "cli.commands:backup": "tests/cli/test_commands.py::test_a_backup_says_what_it_holds_and"
    "_is_noted",
    "desktop.editors.attached_file:_write_out": _WINDOW
    + "a_file_of_a_record_with_a_mark_is_saved_elsewhere_after_a_question_and_noted",
    "desktop.editors.attached_file:open_copy": _WINDOW
    + "a_copy_that_was_opened_goes_when_the_program_ends",
    "desktop.editors.attached_file:_temporary_copy": _WINDOW
    + "a_copy_that_was_opened_goes_when_the_program_ends",
    "desktop.inspections.check_sheet:print_sheet": _WINDOW
    + "a_check_sheet_with_a_mark_is_shown_after_a_question",
    "desktop.copied:put_cells": _WINDOW + "rows_with_a_mark_are_copied_only_when_it_is_said_twice",
    "desktop.copied:put_text": _WINDOW
    + "a_chase_list_with_a_mark_is_copied_and_printed_after_a_question",
    "desktop.lists.copying:put_on_clipboard": _WINDOW
    + "rows_with_a_mark_are_copied_only_when_it_is_said_twice",
    "desktop.lists.copying:copy_noted": _WINDOW
    + "rows_with_a_mark_are_copied_only_when_it_is_said_twice",
    "desktop.pledges.notice_dialog:NoticeDialog._show": _WINDOW
    + "a_pledge_marked_since_it_was_shown_makes_no_notice_unasked",
    "desktop.printing.print_flow:_open.done": _PRINT
    + "a_secret_record_is_refused_until_it_is_said_twice",
    "desktop.submissions.chase_dialog:ChaseDialog._put": _WINDOW
    + "a_chase_list_with_a_mark_is_copied_and_printed_after_a_question",
    "desktop.submissions.chase_dialog:ChaseDialog._show_paper": _WINDOW
    + "a_chase_list_with_a_mark_is_copied_and_printed_after_a_question",
    "desktop.submissions.steps:_show_receipt": "tests/desktop/pages/test_rollup.py::test_a_receipt"
    "_with_a_mark_of_secrecy_is_printed_by_a_second_act",
    "desktop.supervision.issuing:show_slips": "tests/desktop/supervision/test_issuing.py::test_"
    "slips_about_secret_findings_are_asked_about",
    "exchange.catalogue_document:write_catalogue": _ALL_FILES,
    "exchange.catalogue_workbook:write_catalogue": _ALL_FILES,
    "exchange.own_form.from_ledger:fill": _ALL_FILES,
    "exchange.own_form.cards:fill_cards": _FILES + "no_card_holds_anything_of_what_has_a_mark",
    "exchange.report_workbook:export_report": _ALL_FILES,
    "exchange.report_workbook:_Report.write": _ALL_FILES,
    "exchange.return_file:write_return": _WINDOW
    + "comments_that_name_something_with_a_mark_go_back_after_a_question",
    "exchange.scheme_files:write_scheme": "tests/exchange/schemes/test_scheme_json.py::test_a_"
    "confidential_list_does_not_leave",
    "exchange.sharing:_attempt": _ALL_FILES,
    "exchange.sharing:_write_through": _ALL_FILES,
    "exchange.summary_document:write_docx": _ALL_FILES,
    "exchange.summary_pdf:write_pdf": _ALL_FILES,
}

# The same, with the reason why no record with a mark can leave there by itself.
HARMLESS: Mapping[str, str] = {
    "cli.commands:add": "ids of what was typed in",
    "cli.commands:list_records": "reads out the ledger to whoever has it: DESIGN.md, 7",
    "cli.commands:search": "reads out the ledger to whoever has it: DESIGN.md, 7",
    "cli.commands:indicators": "counts only",
    "cli.commands:verify": "names what is damaged, to whoever has the ledger",
    "cli.commands:restore": "the name of a file",
    "cli.commands:_note": "why something was not noted",
    "cli.commands:silence_output": "the null device",
    "cli.import_table:import_table": "counts, and cells of the file that was given",
    "cli.program:_refuse": "reasons",
    "cli.progress:told_on_terminal": "an empty line",
    "cli.progress:told_on_terminal.tell": "counts only",
    "cli.rollup:rollup": "counts, and what the given files hold",
    "desktop.application:Application.restore": "the ledger itself, from a backup of it",
    "desktop.editors.cells:put_rows": "cells of one open record, selected by hand",
    "desktop.editors.rows_view:RowsView.copy": "cells of one open record, selected by hand",
    "desktop.errors:write_report": "holds nothing that users typed: tests/desktop/test_errors.py",
    "desktop.errors:UnexpectedErrors.__call__": "the name of such a report",
    "desktop.indicators.table:IndicatorTable.copy": "counts only",
    "desktop.notice:Notice._say_in_tray": "counts only",
    "desktop.printing.leaving:write_pdf": "writes what a preview shows, which asked before",
    "desktop.printing.paper_table:Sheet.of": "measures text",
    "desktop.printing.preview:PreviewDialog.printer": "prints what was asked about before",
    "desktop.single_instance:SingleInstance.is_open_elsewhere": "one word to another window",
    "desktop.widgets.banner:Banner.show_file": "opens the folder of a file that was written",
    "desktop.widgets.copy_table:CopyTable.__init__": "counts; whoever shows more hands in how",
    "exchange.holiday_files:write_holiday_file": "days",
    "exchange.new_workbook:new_workbook": "called by writers above",
    "exchange.patient_file:patient_file": "called by writers above",
    "exchange.register_sheet:RegisterSheets.write": "a part of the report",
    "exchange.register_sheet:RegisterSheets._begin": "a part of the report",
    "exchange.report_layout:lay_out": "a part of the report, without its rows",
    "exchange.report_pictures:PictureStore.__init__": "a part of the report",
    "exchange.report_workbook:make_empty": "headers only",
    "exchange.sharing:_empty": "headers only",
    "exchange.summary_apart:_child": "the same program, for the preview",
    "exchange.template_example:write_example": "a text of ours",
    "ledger.opening:_upgraded_copy": "the ledger itself",
    "ledger.replacing:keep_beside": "the ledger itself",
    "ledger.replacing:sync": "the ledger itself",
    "start:main": "a reason",
}
