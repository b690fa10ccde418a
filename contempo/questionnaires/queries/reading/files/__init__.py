"""The data set as files: CSV, Excel, Parquet, SPSS."""
