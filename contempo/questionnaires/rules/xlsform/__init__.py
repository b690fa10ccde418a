"""XLSForm: questionnaires as the workbooks KoboToolbox and ODK read and write (https://xlsform.org, sheets `survey`,
`choices` and `settings`).

`writing` makes the sheets of a questionnaire, `reading` makes a questionnaire of sheets and tells what it cannot hold.

What XLSForm has no word for stands in columns of our own, whose names begin with `contempo_`: other programs leave them
alone. So a questionnaire written and read again is the same, but for spaces at the ends of texts.
"""
